/// Numbers of a sentence that stand for the threshold of its test: the two must be equal.
enum SentenceNumbers {
    /// What is wrong where the sentence has numbers in the test's unit, and none of them is the test's.
    static func findings(of requirement: Requirement) -> [RequirementFinding] {
        guard let criterion = requirement.criterion, let sentence = try? EARSSentence(parsing: requirement.text) else {
            return []
        }
        let dimension = MeasurementUnit(criterion.unit).dimension
        // Of "cents per query" a sentence says the cents.
        let dimensions: Set<String> = [dimension, dimension.split(separator: "/").first.map(String.init) ?? dimension]
        let comparable = numbers(in: RequirementWords.unquoted(sentence.response)).filter {
            dimensions.contains(MeasurementUnit($0.unit).dimension)
        }
        let threshold = criterion.threshold * MeasurementUnit(criterion.unit).factor
        let isSaid = comparable.contains { number in
            let value = number.value * MeasurementUnit(number.unit).factor
            return abs(value - threshold) <= 1e-9 * max(abs(value), abs(threshold))
        }
        guard let other = comparable.first, !isSaid else { return [] }
        let said = RequirementNames.line(other.unit.isEmpty ? other.digits : "\(other.digits) \(other.unit)")
        return [
            RequirementFinding(
                .number, [requirement.id],
                "\(RequirementNames.shown(requirement.id)): the sentence says \"\(said)\", and its test "
                    + "\"\(RequirementNames.line(criterion.words))\"; say the same in both.")
        ]
    }

    private struct Number {
        let digits: String
        let value: Double
        let unit: String
    }

    /// The numbers of a text, each with the word behind it, which may be a unit.
    private static func numbers(in text: String) -> [Number] {
        let words = text.split(whereSeparator: \.isWhitespace).map(bare)
        var numbers: [Number] = []
        for (place, word) in words.enumerated() {
            let currency = word.first.flatMap { "$€".contains($0) ? String($0) : nil } ?? ""
            let rest = word.dropFirst(currency.count)
            var digits = String(rest.prefix { $0.isNumber || $0 == "." || $0 == "," })
            let behind = String(rest.dropFirst(digits.count))
            digits = digits.replacing(",", with: "")
            guard let value = Double(digits) else { continue }
            let next = place + 1 < words.count ? words[place + 1] : ""
            let unit = currency.isEmpty ? (behind.isEmpty ? next : behind) : currency
            numbers.append(Number(digits: digits, value: value, unit: unit))
        }
        return numbers
    }

    /// A word without the marks around it.
    private static func bare(_ word: Substring) -> String {
        let marks: Set<Character> = [".", ",", ";", ":", "(", ")", "!", "?"]
        var word = word.drop { marks.contains($0) }
        while let last = word.last, marks.contains(last) { word.removeLast() }
        return String(word)
    }
}
