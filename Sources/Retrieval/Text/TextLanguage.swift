/// The language of the documents: what their words are stemmed by, and which are left out.
public struct TextLanguage: Sendable, Hashable {
    /// Snowball's name, in lower case: `english`, `german`, …
    public let name: String
    /// The words that say nothing of a text's subject; none where Neo has no list.
    public var stopWords: StopWords { StopWords.ofLanguages[name] ?? .none }
    /// The short words that run into the next one at an apostrophe; none in most languages.
    public var elision: Elision { Elision.ofLanguages[name] ?? .none }

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
            codeAware: codeAware, elision: elision
        )
    }
}
