package import Base

/// What an answer of the interview looks like, and whether a given one does.
package enum AnswerForm: Sendable, Hashable {
    /// One of several, with the words that explain each.
    case choice([Option])
    /// A number in a unit, within bounds.
    case number(unit: String, bounds: ClosedRange<Double>)
    case yesNo
    case text
    case list

    /// One of several answers.
    package struct Option: Sendable, Hashable {
        /// What is kept.
        package let value: String
        /// What is shown.
        package let words: String
    }

    /// Longer texts are documents, and belong into one.
    static let longestText = 2_000
    static let longestList = 50

    /// The name in the questionnaire and in `--json`.
    package var name: String {
        switch self {
        case .choice: "choice"
        case .number: "number"
        case .yesNo: "yesno"
        case .text: "text"
        case .list: "list"
        }
    }

    /// Reads what a person typed, or what stands in a file.
    ///
    /// - Throws: a sentence that says what an answer looks like.
    package func answer(_ given: JSONValue) throws(EngineerError) -> JSONValue {
        switch self {
        case .choice(let options):
            let word = (given.string ?? given.canonicalText).trimmed.lowercased()
            if let option = options.first(where: { $0.value == word }) { return .string(option.value) }
            if let place = Int(word), options.indices.contains(place - 1) { return .string(options[place - 1].value) }
            let names = options.map(\.value)
            let hint = nearest(to: word, in: names).map { "; did you mean \($0)?" } ?? "."
            throw Self.failure("\(Self.quote(given)) is none of \(names.joined(separator: ", "))\(hint)")
        case .number(let unit, let bounds):
            var word = given.string?.trimmed ?? given.canonicalText
            if word.hasSuffix(unit) { word = String(word.dropLast(unit.count)).trimmed }
            guard let number = given.number ?? Double(word), bounds.contains(number) else {
                throw Self.failure(
                    "\(Self.quote(given)) is no number from \(Self.digits(bounds.lowerBound)) to "
                        + "\(Self.digits(bounds.upperBound)) (\(unit)); write such as "
                        + "\(Self.digits(bounds.lowerBound)), with a point before fractions.")
            }
            return Int(exactly: number).map { .integer($0) } ?? .number(number)
        case .yesNo:
            if let flag = given.bool { return .bool(flag) }
            switch given.string?.trimmed.lowercased() {
            case "yes", "y", "true": return true
            case "no", "n", "false": return false
            default: throw Self.failure("\(Self.quote(given)) is neither yes nor no.")
            }
        case .text: return .string(try Self.text(given.string ?? given.canonicalText))
        case .list:
            let parts = given.array?.map { $0.string ?? $0.canonicalText } ?? Self.parts(of: given)
            var elements: [JSONValue] = []
            for part in parts where !part.trimmed.isEmpty { elements.append(.string(try Self.text(part))) }
            guard (1...Self.longestList).contains(elements.count) else {
                throw Self.failure("A list has 1 to \(Self.longestList) parts, with commas between them.")
            }
            return .array(elements)
        }
    }

    /// An answer as people read it.
    package func words(_ answer: JSONValue) -> String {
        switch (self, answer) {
        case (.number(let unit, _), _): "\(answer.number.map(Self.digits) ?? answer.canonicalText) \(unit)"
        case (_, .bool(let flag)): flag ? "yes" : "no"
        case (_, .array(let elements)): elements.map { $0.string ?? $0.canonicalText }.joined(separator: ", ")
        default: answer.string ?? answer.canonicalText
        }
    }

    private static func parts(of given: JSONValue) -> [String] {
        (given.string ?? given.canonicalText).split(separator: ",").map(String.init)
    }

    private static func text(_ given: String) throws(EngineerError) -> String {
        let text = given.trimmed
        guard (1...longestText).contains(text.unicodeScalars.count) else {
            throw failure(
                "An answer has 1 to \(longestText) characters, and this one has \(text.unicodeScalars.count).")
        }
        return text
    }

    private static func quote(_ given: JSONValue) -> String {
        "\"\((given.string ?? given.canonicalText).prefix(60))\""
    }

    private static func digits(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }

    private static func failure(_ sentence: String) -> EngineerError {
        EngineerError(code: .invalidRequest, message: sentence)
    }
}

extension String {
    fileprivate var trimmed: String {
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? startIndex
        return String(self[..<end].drop(while: \.isWhitespace))
    }
}
