/// The short words that a language joins to the next one with an apostrophe: `l'eau`, `dell'acqua`.
///
/// What is cut off is what Lucene's `ElisionFilter` cuts off: all up to a word's first apostrophe, where that is one of
/// the words. So `l'eau` and `eau` are one term, and `aujourd'hui` stays whole.
public struct Elision: Sendable, Hashable {
    /// Names the words, for cache keys.
    public let name: String
    /// The words without their apostrophe, in lower case.
    public let words: Set<String>

    /// Words of one's own.
    public init(name: String, words: Set<String>) {
        self.name = name
        self.words = words
    }

    /// Nothing is cut off.
    public static let none = Elision(name: "none", words: [])

    /// By Snowball's name of the language: articles, pronouns, prepositions and conjunctions that lose their last
    /// vowel before another one. Written for Neo.
    static let ofLanguages: [String: Elision] = {
        let lists = [
            "catalan": "d l m n s t",
            "french": "c d j l m n s t qu jusqu lorsqu puisqu quoiqu",
            "irish": "b d m",
            "italian": """
            l un gl d c m n s t v all dall dell nell sull coll agl dagl degl negl sugl quest quell com dov cos quand anch
            """,
        ]
        return Dictionary(
            uniqueKeysWithValues: lists.map { name, words in
                (name, Elision(name: name, words: Set(words.split(whereSeparator: \.isWhitespace).map(String.init))))
            })
    }()

    /// A word in lower case without what was joined to it.
    func removed(from word: String) -> String {
        guard !words.isEmpty, let apostrophe = word.utf8.firstIndex(of: UInt8(ascii: "'")),
            words.contains(String(word[..<apostrophe]))
        else { return word }
        return String(word[word.index(after: apostrophe)...])
    }
}
