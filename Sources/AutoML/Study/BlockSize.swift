/// How many items are measured before the next block is written down: what takes about a quarter of a second, 1 to 50.
///
/// So a kill loses little, and fast measurements do not spend their time in transactions. It starts at one item, whose
/// time often includes work for all items, such as building an index; each block is sized by the one before it.
struct BlockSize: Sendable {
    /// The largest block.
    static let limit = 50
    /// How long a block should take.
    static let targetNanoseconds: UInt64 = 250_000_000

    /// How large the next block is.
    private(set) var items = 1

    /// Learns from a block.
    mutating func measured(items count: Int, nanoseconds: UInt64) {
        guard count > 0 else { return }
        let each = max(nanoseconds / UInt64(count), 1)
        items = Int(clamping: max(1, min(UInt64(Self.limit), Self.targetNanoseconds / each)))
    }
}
