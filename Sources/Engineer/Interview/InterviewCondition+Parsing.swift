internal import Base

extension InterviewCondition {
    /// Reads a condition.
    ///
    /// - Throws: a sentence that quotes the condition and says what was expected where.
    init(parsing text: String) throws(EngineerError) {
        var parser = try ConditionParser(text)
        self = try parser.whole()
    }
}

/// Recursive descent over words, numbers, quoted texts, comparisons and parentheses.
private struct ConditionParser {
    private let text: String
    private var tokens: [String]
    private var position = 0
    private var depth = 0

    init(_ text: String) throws(EngineerError) {
        self.text = text
        tokens = []
        tokens = try Self.tokens(of: text)
    }

    mutating func whole() throws(EngineerError) -> InterviewCondition {
        let condition = try alternatives()
        if let rest = current { throw failure("expected an end, `and` or `or` before \"\(rest)\"") }
        return condition
    }

    private var current: String? { position < tokens.count ? tokens[position] : nil }

    private mutating func take(_ word: String) -> Bool {
        guard current == word else { return false }
        position += 1
        return true
    }

    private mutating func alternatives() throws(EngineerError) -> InterviewCondition {
        var condition = try both()
        while take("or") { condition = .any(condition, try both()) }
        return condition
    }

    private mutating func both() throws(EngineerError) -> InterviewCondition {
        var condition = try one()
        while take("and") { condition = .all(condition, try one()) }
        return condition
    }

    private mutating func one() throws(EngineerError) -> InterviewCondition {
        depth += 1
        defer { depth -= 1 }
        guard depth < 20 else { throw failure("more than 20 parentheses stand in each other") }
        if take("not") { return .not(try one()) }
        if take("(") {
            let inner = try alternatives()
            guard take(")") else { throw failure("expected \")\"") }
            return inner
        }
        let name = try self.name()
        if name == "unknown", take("(") {
            let question = try self.name()
            guard take(")") else { throw failure("expected \")\" after unknown(\(question)") }
            return .unknown(question)
        }
        guard let comparison = current.flatMap(InterviewCondition.Comparison.init(rawValue:)) else {
            return .holds(name)
        }
        position += 1
        return .compare(name, comparison, try literal(after: comparison))
    }

    private mutating func name() throws(EngineerError) -> String {
        guard let word = current, word.first?.isLetter == true, !["and", "or", "not", "includes"].contains(word) else {
            throw failure("expected the id of a question or a fact such as survey.documents")
        }
        position += 1
        return word
    }

    private mutating func literal(after comparison: InterviewCondition.Comparison) throws(EngineerError) -> JSONValue {
        guard let word = current, !["and", "or", "not", "(", ")"].contains(word) else {
            throw failure("expected a value after \(comparison.rawValue)")
        }
        position += 1
        if word.hasPrefix("\"") { return .string(String(word.dropFirst())) }
        if let number = Int(word) { return .integer(number) }
        if let number = Double(word), number.isFinite { return .number(number) }
        switch word {
        case "yes": return true
        case "no": return false
        default: return .string(word)
        }
    }

    private static func tokens(of text: String) throws(EngineerError) -> [String] {
        var tokens: [String] = []
        var rest = Substring(text)
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if first == "(" || first == ")" {
                tokens.append(String(rest.removeFirst()))
            } else if first == "\"" {
                rest.removeFirst()
                guard let end = rest.firstIndex(of: "\"") else {
                    throw failure(text, "a quotation mark is not closed")
                }
                tokens.append("\"" + rest[..<end])
                rest = rest[rest.index(after: end)...]
            } else {
                let isSign = "=!<>".contains(first)
                let word = rest.prefix { character in
                    isSign
                        ? "=!<>".contains(character)
                        : character.isLetter || character.isNumber || "._-".contains(character)
                }
                guard !word.isEmpty else { throw failure(text, "\"\(first)\" has no meaning here") }
                tokens.append(String(word))
                rest = rest.dropFirst(word.count)
            }
        }
        return tokens
    }

    private func failure(_ sentence: String) -> EngineerError { Self.failure(text, sentence) }

    private static func failure(_ text: String, _ sentence: String) -> EngineerError {
        EngineerError(
            code: .invalidConfiguration,
            message: "The condition `\(text)` cannot be read: \(sentence). Write such as `users == public and not "
                + "(survey.personal > 0)`.")
    }
}
