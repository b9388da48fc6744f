/// Keeps the beginning and the end of a stream of bytes, and counts what was left out between them.
package struct HeadAndTail: Sendable {
    private let half: Int
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var total = 0

    /// Keeps at most about `limit` bytes.
    package init(limit: Int) {
        half = max(limit / 2, 1)
    }

    /// Adds some bytes.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        total += bytes.count
        let room = half - head.count
        head.append(contentsOf: bytes.prefix(room))
        guard bytes.count > room else { return }
        tail.append(contentsOf: bytes.dropFirst(room))
        // Trimmed only when it has doubled, so that each byte is moved once on average.
        if tail.count > 2 * half { tail.removeFirst(tail.count - half) }
    }

    /// How many bytes were left out.
    package var leftOut: Int { max(0, total - head.count - min(tail.count, half)) }

    /// What was kept, as UTF-8; invalid bytes are repaired.
    package var text: String {
        let end = tail.suffix(half)
        let note = leftOut > 0 ? "\n… \(leftOut) bytes left out …\n" : ""
        return String(decoding: head, as: UTF8.self) + note + String(decoding: end, as: UTF8.self)
    }
}
