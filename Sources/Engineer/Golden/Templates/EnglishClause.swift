/// A sentence as the templates see it: its subject, its verb, and what follows.
///
/// It is no grammar: a sentence that does not look plain gives nothing, because a question that is not asked costs nothing,
/// and one that nobody would ask costs a person's time.
struct EnglishClause {
    let subject: [String]
    /// In small letters.
    let verb: String
    let rest: [String]

    /// Finds the first of some verbs, if what stands before it can be a subject by itself.
    init?(_ words: [String], verbs: Set<String>, longestSubject: Int = 7) {
        guard let place = words.prefix(longestSubject + 1).firstIndex(where: { verbs.contains($0.lowercased()) }),
            place > 0, place + 1 < words.count
        else { return nil }
        let subject = Array(words[..<place])
        guard Self.canStandAlone(subject) else { return nil }
        self.subject = subject
        verb = words[place].lowercased()
        rest = Array(words[(place + 1)...])
    }

    /// Whether words name something to a reader who sees nothing else.
    static func canStandAlone(_ words: [String]) -> Bool {
        guard let first = words.first?.lowercased(), !openers.contains(first.trimming { !$0.isLetter }) else {
            return false
        }
        return words.allSatisfy { word in
            !word.contains { ",;:—–\"“”".contains($0) } && !pointers.contains(word.lowercased())
        } && !words.dropFirst().contains { relatives.contains($0.lowercased()) }
            && words.contains { $0.contains(where: \.isLetter) }
    }

    /// Whether words point at something that stands elsewhere.
    static func pointsElsewhere(_ words: some Sequence<String>) -> Bool {
        words.contains { word in
            let plain = word.lowercased().replacing("’", with: "'").trimming { !$0.isLetter }
            return pointers.contains(plain)
        }
    }

    /// Words that point at something that was said before.
    static let pointers: Set<String> = [
        "it", "its", "it's", "this", "that", "these", "those", "he", "she", "they", "them", "their", "his", "her",
        "him", "we", "us", "our", "former", "latter", "above", "below", "here", "there", "such", "same", "following",
        "previous", "i", "itself", "themselves", "so", "one", "ones", "another", "other", "others", "latter's", "let's",
    ]

    /// What no subject begins with.
    private static let openers: Set<String> = pointers.union([
        "if", "when", "while", "as", "in", "on", "at", "for", "by", "with", "from", "to", "because", "although",
        "since",
        "after", "before", "also", "then", "what", "which", "who", "how", "where", "why", "not", "and", "but", "or",
        "yet", "finally", "however", "thus", "therefore", "instead", "note", "some", "many", "most", "all", "both",
        "each", "every", "any", "no", "none", "nothing", "everything", "first", "second", "third", "next", "now",
        "today", "only", "even", "of", "under", "during", "through", "between", "among", "unlike", "like", "once",
        "until", "unless", "whether", "whenever", "several", "few", "more", "less", "much", "you", "your", "my", "two",
        "three", "four", "another", "rather", "additionally", "furthermore", "moreover", "similarly", "conversely",
        "examples", "example", "part", "details", "see", "usually", "often", "generally", "typically", "perhaps",
        "please", "using", "having", "being", "doing", "making", "according", "based", "given", "depending", "without",
        "within", "despite", "is", "are", "was", "were", "further", "early", "later", "historically", "currently",
        "originally", "sometimes", "traditionally", "there", "your",
    ])

    private static let relatives: Set<String> = ["which", "who", "whom", "whose", "where", "when", "because", "if"]
}

/// Words for questions.
struct QuestionWords {
    let vocabulary: CorpusVocabulary
    /// In how many documents a phrase may stand.
    let names: CorpusNames

    /// Whether a reader of all documents knows what is meant: a name, or words that only one or two documents have together.
    func isSpecific(_ words: [String]) -> Bool { names.isSpecific(words, vocabulary) }

    /// The words in the middle of a question: a first word with a capital only because it began a sentence loses it.
    func middle(_ words: [String]) -> String {
        var words = words
        // "Peace Pals" is a name as a whole.
        let isName = words.count > 1 && words[1].first?.isUppercase == true
        if let first = words.first, first.first?.isUppercase == true,
            !isName || Self.articles.contains(first.lowercased()),
            Self.articles.contains(first.lowercased())
                || (!first.dropFirst().contains(where: \.isUppercase)
                    && vocabulary.isCommon(first.trimming { !$0.isLetter }))
        {
            words[0] = first.lowercased()
        }
        return Self.turned(words).joined(separator: " ")
    }

    /// The same as an answer by itself, with a capital and without the full stop.
    static func answer(_ words: [String]) -> String {
        let text = words.joined(separator: " ").trimming { ".;,:".contains($0) || $0.isWhitespace }
        guard let first = text.first, first.isLowercase, words[0].dropFirst().allSatisfy({ !$0.isUppercase }) else {
            return text
        }
        return first.uppercased() + text.dropFirst()
    }

    /// What the reader is told becomes what the reader asks.
    static func turned(_ words: [String]) -> [String] {
        words.enumerated().map { offset, word in
            switch word.lowercased() {
            case "you": "I"
            case "your": "my"
            case "yourself": "myself"
            case "are" where offset > 0 && words[offset - 1].lowercased() == "you": "am"
            default: word
            }
        }
    }

    private static let articles: Set<String> = ["a", "an", "the"]
}
