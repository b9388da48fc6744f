/// A natural language that documents are written in.
package struct Language: Sendable, Hashable {
    /// Its ISO 639-1 code, e.g. `de`.
    package let code: String

    /// The languages of Snowball's first fifteen stemmers by their code, and the stemmers' names.
    package static let stemmers: [String: String] = [
        "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
        "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
        "ru": "russian", "sv": "swedish", "tr": "turkish",
    ]

    /// The language of a code.
    init(code: String) {
        self.code = code
    }

    /// Reads a language tag as HTML and front matter have it: `de`, `de-CH`, `pt_BR`, `German`; nil for anything else.
    init?(tag: String) {
        let first = tag.lowercased().prefix { $0.isASCII && $0.isLetter }
        switch first.utf8.count {
        case 2: code = first == "nb" || first == "nn" ? "no" : String(first)
        case 3...:
            guard let known = Self.stemmers.first(where: { $0.value == first }) else { return nil }
            code = known.key
        default: return nil
        }
    }
}
