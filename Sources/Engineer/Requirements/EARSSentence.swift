/// The parts of a sentence in one of the forms of EARS (see ``EARSForm``).
///
/// ```swift
/// let sentence = try EARSSentence(parsing: "When a question comes, the service shall answer within 800 ms.")
/// // sentence.form == .event, sentence.subject == "service", sentence.response == "answer within 800 ms"
/// ```
package struct EARSSentence: Sendable, Hashable {
    /// When it holds.
    package struct Condition: Sendable, Hashable {
        /// The word that it begins with.
        package enum Keyword: String, Sendable, Hashable {
            case `while`, when, `where`, `if`

            /// The form of a sentence with this condition alone.
            var form: EARSForm {
                switch self {
                case .while: .state
                case .when: .event
                case .where: .optional
                case .if: .unwanted
                }
            }
        }

        package let keyword: Keyword
        package let text: String
    }

    /// The conditions, in their order.
    package let conditions: [Condition]
    /// Who shall do it, without the article.
    package let subject: String
    /// What it shall do, without the full stop.
    package let response: String

    package var form: EARSForm {
        conditions.count > 1 ? .complex : conditions.first?.keyword.form ?? .ubiquitous
    }

    /// Reads a sentence.
    ///
    /// - Throws: `EARSFault`, the first thing that is missing.
    package init(parsing text: String) throws(EARSFault) {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let shall = words.firstIndex(where: { Self.bare($0) == "shall" }) else {
            throw EARSFault(.shall, "it has no \"shall\"; write \(EARSForm.ubiquitous.pattern)")
        }
        var conditions: [Condition] = []
        var parts = Self.parts(words[..<shall])
        var subject = parts.popLast() ?? []
        for part in parts {
            if let keyword = Condition.Keyword(rawValue: part.first?.lowercased() ?? "") {
                conditions.append(Condition(keyword: keyword, text: part.dropFirst().joined(separator: " ")))
            } else if let last = conditions.popLast() {
                // A comma inside a condition.
                conditions.append(
                    Condition(keyword: last.keyword, text: "\(last.text), \(part.joined(separator: " "))"))
            } else {
                throw EARSFault(
                    .form,
                    "it begins with \"\(part.joined(separator: " "))\"; begin with The, While, When, Where or If")
            }
        }
        if let empty = conditions.first(where: \.text.isEmpty) {
            throw EARSFault(.form, "nothing follows \"\(empty.keyword.rawValue)\"; name the condition")
        }
        if let keyword = Condition.Keyword(rawValue: subject.first?.lowercased() ?? "") {
            throw EARSFault(
                .form, "no comma ends what \"\(keyword.rawValue)\" begins; write \(keyword.form.pattern)")
        }
        let isUnwanted = conditions.contains { $0.keyword == .if }
        if subject.first?.lowercased() == "then" {
            guard isUnwanted else {
                throw EARSFault(.form, "\"then\" stands without \"if\"; write \(EARSForm.unwanted.pattern)")
            }
            subject.removeFirst()
        } else if isUnwanted {
            throw EARSFault(.form, "\"if\" stands without \"then\"; write \(EARSForm.unwanted.pattern)")
        }
        let article = subject.first?.lowercased() == "the" ? 1 : 0
        self.subject = subject.dropFirst(article).joined(separator: " ")
        guard !self.subject.isEmpty, !Self.nobody.contains(self.subject.lowercased()) else {
            throw EARSFault(
                .subject,
                "nobody is named before \"shall\"; name the part of the system, as \"the service\" or \"the index\"")
        }
        var response = words[(shall + 1)...].joined(separator: " ")
        if response.hasSuffix(".") { response.removeLast() }
        guard !response.isEmpty else {
            throw EARSFault(.form, "nothing follows \"shall\"; say what \(self.subject) does")
        }
        self.conditions = conditions
        self.response = response
    }

    /// What stands between commas that end a word; 1,000 is one word.
    private static func parts(_ words: ArraySlice<Substring>) -> [[Substring]] {
        var parts: [[Substring]] = [[]]
        for word in words {
            parts[parts.count - 1].append(word.hasSuffix(",") ? word.dropLast() : word)
            if word.hasSuffix(",") { parts.append([]) }
        }
        return parts
    }

    private static func bare(_ word: Substring) -> String { word.lowercased().filter(\.isLetter) }

    /// Words that stand where a name belongs.
    private static let nobody: Set<String> = [
        "it", "this", "that", "they", "these", "those", "there", "he", "she", "we", "you", "one", "i",
    ]
}

/// What keeps a sentence from being one of EARS.
package struct EARSFault: Error, Sendable, Hashable {
    package let rule: RequirementFinding.Rule
    /// The rest of a sentence that begins with the requirement's id.
    package let message: String

    init(_ rule: RequirementFinding.Rule, _ message: String) {
        self.rule = rule
        self.message = message
    }
}
