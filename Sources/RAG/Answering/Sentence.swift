/// A sentence of a passage.
struct Sentence: Hashable, Sendable {
    /// The sentence, to the letter: a substring of the passage.
    var text: String
    /// The position of its passage among those that were found.
    var passage: Int
}
