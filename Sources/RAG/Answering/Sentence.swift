/// A sentence of a passage.
struct Sentence: Hashable, Sendable {
    /// The sentence, to the letter: a substring of the passage.
    var text: String
    /// The position of its passage among those that were found.
    var passage: Int
    /// Where it stands in the passage, as UTF-8 offsets.
    var range: Range<Int>
    /// Where the sentence before it in its paragraph stands.
    var before: Range<Int>?
    /// Where the sentence behind it in its paragraph stands.
    var after: Range<Int>?

    /// Whether it announces what follows, and says nothing itself.
    var isAnnouncement: Bool { text.hasSuffix(":") || text.hasSuffix("：") }
}
