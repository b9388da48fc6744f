/// Cuts what a client writes into lines. One that is too long is passed over, and said.
package struct ACPLines: Sendable {
    /// What stood between two ends of lines.
    package enum Line: Sendable, Hashable {
        case whole([UInt8])
        case tooLong
    }

    /// The most that a message may have.
    package static let usualLimit = 16 << 20

    private let limit: Int
    private var line: [UInt8] = []
    private var isPassedOver = false

    package init(limit: Int = ACPLines.usualLimit) { self.limit = limit }

    /// The lines that these bytes complete, without their ends and without empty ones.
    package mutating func append(_ bytes: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            take(rest[..<end])
            if isPassedOver {
                lines.append(.tooLong)
            } else if !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
                lines.append(.whole(line))
            }
            line.removeAll(keepingCapacity: line.capacity < 1 << 16)
            isPassedOver = false
            rest = rest[(end + 1)...]
        }
        take(rest)
        return lines
    }

    private mutating func take(_ piece: ArraySlice<UInt8>) {
        guard !isPassedOver else { return }
        guard line.count + piece.count <= limit else {
            line = []
            isPassedOver = true
            return
        }
        line.append(contentsOf: piece)
    }
}
