/// Words that are left out of an index because they are in every text.
public struct StopWords: Sendable, Hashable {
    /// Names the list, for reports and cache keys.
    public let name: String
    /// The words, in lower case.
    public let words: Set<String>

    /// A list of one's own.
    public init(name: String, words: Set<String>) {
        self.name = name
        self.words = words
    }

    /// No words.
    public static let none = StopWords(name: "none", words: [])

    /// The 33 English words that Lucene's analyser leaves out; `bm25s` calls them `en`.
    public static let english = StopWords(
        name: "english",
        words: [
            "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not",
            "of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was",
            "will", "with",
        ]
    )
}
