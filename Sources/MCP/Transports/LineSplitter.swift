/// Cuts a stream of bytes into lines, each of which has a bound.
struct LineSplitter: Sendable {
    /// A line is longer than any message should be.
    struct TooLong: Error {}

    private let limit: Int
    private var line: [UInt8] = []

    init(limit: Int) { self.limit = limit }

    /// The lines that these bytes complete, without their ends.
    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(TooLong) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            guard line.count + end - rest.startIndex <= limit else { throw TooLong() }
            line.append(contentsOf: rest[..<end])
            lines.append(line)
            line.removeAll(keepingCapacity: line.capacity < 1 << 16)
            rest = rest[(end + 1)...]
        }
        guard line.count + rest.count <= limit else { throw TooLong() }
        line.append(contentsOf: rest)
        return lines
    }
}
