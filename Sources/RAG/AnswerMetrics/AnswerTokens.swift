/// The words of an answer as SQuAD's evaluation script compares them: in lower case, without ASCII punctuation, without
/// the English articles, cut at white space.
///
/// Source: P. Rajpurkar et al., "Know what you don't know: unanswerable questions for SQuAD", ACL 2018; equals
/// `get_tokens` of its `evaluate-v2.0.py`.
package struct AnswerTokens: Sendable, Hashable {
    private static let articles: Set<String> = ["a", "an", "the"]

    /// The words, in their order.
    package let words: [String]

    /// The words of a text.
    package init(_ text: String) {
        var kept = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars where !Self.isPunctuation(scalar) { kept.append(scalar) }
        words = Self.cut(Self.withoutArticles(kept))
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    /// Puts a space in the place of every article, also of one that stands beside a dash or an apostrophe that is no
    /// ASCII.
    private static func withoutArticles(_ scalars: String.UnicodeScalarView) -> String.UnicodeScalarView {
        var result = String.UnicodeScalarView()
        var rest = scalars[...]
        while let first = rest.first {
            guard isWord(first) else {
                result.append(first)
                rest = rest.dropFirst()
                continue
            }
            let word = rest.prefix(while: isWord)
            if articles.contains(String(word)) { result.append(" ") } else { result.append(contentsOf: word) }
            rest = rest.dropFirst(word.count)
        }
        return result
    }

    /// What Python's `\w` matches, but for the underscore, which is gone by then.
    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            true
        default: scalar.properties.numericType != nil
        }
    }

    private static func cut(_ scalars: String.UnicodeScalarView) -> [String] {
        // Python's split also cuts at the information separators.
        scalars.split { $0.properties.isWhitespace || (0x1C...0x1F).contains($0.value) }.map { String($0) }
    }
}
