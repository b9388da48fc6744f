/// The language of the documents: what their words are stemmed by, and which are left out.
public struct TextLanguage: Sendable, Hashable {
    /// Snowball's name, in lower case: `english`, `german`, …
    public let name: String
    /// The words that say nothing of a text's subject; none where Neo has no list.
    public var stopWords: StopWords { StopWords.ofLanguages[name] ?? .none }

    /// English.
    public static let english = TextLanguage(known: "english")

    private init(known name: String) {
        self.name = name
    }

    /// A language by its name.
    ///
    /// - Throws: `RetrievalError` with the known names if there is no stemmer for it.
    public init(named name: String) throws(RetrievalError) {
        let stemmer = try Stemmer(language: name)
        // Snowball also knows codes such as `de`, but the stop words go by names.
        guard Stemmer.languages.contains(stemmer.language) else {
            throw RetrievalError(
                code: .unknownLanguage,
                message:
                    "\"\(name)\" is a language's code. Give its name: \(Stemmer.languages.joined(separator: ", "))."
            )
        }
        self.name = stemmer.language
    }

    /// An analyser for this language.
    public func analyzer(
        stemming: Bool = true, stopWords: Bool = true, codeAware: Bool = true
    ) throws(RetrievalError) -> Analyzer {
        Analyzer(
            stemmer: stemming ? try Stemmer(language: name) : nil, stopWords: stopWords ? self.stopWords : .none,
            codeAware: codeAware
        )
    }

    /// The language whose stop words make up most of some texts; English where too few words are any language's.
    ///
    /// Looks at the beginnings of up to 200 texts. Prose in any of the languages consists of such words by a third and
    /// more; program text, tables and lists hardly at all.
    public static func detected(in texts: [String]) -> TextLanguage {
        let step = max(texts.count / 200, 1)
        var counts: [String: Int] = [:]
        var words = 0
        for place in stride(from: 0, to: texts.count, by: step) {
            for word in Analyzer().terms(of: String(texts[place].prefix(4000))) {
                words += 1
                for name in StopWords.languagesOfWord[word] ?? [] { counts[name, default: 0] += 1 }
            }
        }
        // English first, so that it wins where nothing speaks against it.
        let names = ["english"] + counts.keys.filter { $0 != "english" }.sorted()
        let best = names.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? "english"
        guard counts[best, default: 0] * 8 > words else { return .english }
        return TextLanguage(known: best)
    }
}
