/// What a model reads at once: the ids of one text, or of two with different segment types.
struct TokenSequence: Sendable, Hashable {
    /// The ids, special tokens included.
    var ids: [Int32]
    /// From which id on the segment type is 1; the number of ids where there is one text.
    var second: Int

    /// One text.
    init(_ ids: [Int32]) {
        self.ids = ids
        second = ids.count
    }

    /// Two texts.
    init(_ first: [Int32], _ second: [Int32]) {
        ids = first + second
        self.second = first.count
    }
}
