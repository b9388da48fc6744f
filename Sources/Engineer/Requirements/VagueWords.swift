/// Words that two people read differently, each with what says the same so that it can be measured.
enum VagueWords {
    /// The first words of the table that stand in a text, with their advice, each once.
    static func found(in text: String) -> [(words: String, advice: String)] {
        let tokens = RequirementWords.tokens(text)
        var seen: Set<String> = []
        var found: [(words: String, advice: String)] = []
        for start in tokens.indices {
            for length in 1...longest where start + length <= tokens.count {
                let words = tokens[start..<start + length].joined(separator: " ")
                if let advice = table[words], seen.insert(words).inserted { found.append((words, advice)) }
            }
        }
        return found
    }

    private static let longest = table.keys.reduce(1) { max($0, $1.split(separator: " ").count) }

    private static let table: [String: String] = {
        let groups: [(words: [String], advice: String)] = [
            (
                [
                    "fast", "quick", "quickly", "slow", "slowly", "promptly", "rapid", "rapidly", "timely", "instant",
                    "instantly", "immediately", "soon", "as soon as possible", "in real time", "low latency",
                    "responsive",
                ], "a time and the share of requests that keeps it, as \"within 800 ms for 95 % of questions\""
            ),
            (
                [
                    "good", "bad", "better", "best", "high quality", "accurate", "accurately", "relevant", "optimal",
                    "optimally", "state of the art", "correctly", "properly", "well",
                ], "a metric with a threshold, as \"recall at 10 of at least 0.9\""
            ),
            (
                [
                    "robust", "robustly", "reliable", "reliably", "stable", "resilient", "fault tolerant", "seamless",
                    "seamlessly", "gracefully", "secure", "securely", "safe", "safely",
                ], "which failure, and what the system does then"
            ),
            (
                [
                    "adequate", "adequately", "appropriate", "appropriately", "suitable", "suitably", "sufficient",
                    "sufficiently", "reasonable", "reasonably", "acceptable", "as required", "as needed", "necessary",
                    "proper", "satisfactory",
                ], "the limit that you have in mind"
            ),
            (
                [
                    "user friendly", "easy", "easily", "simple", "simply", "intuitive", "intuitively", "convenient",
                    "modern", "nice", "helpful", "ergonomic",
                ], "what a person does, in how many steps or how long"
            ),
            (
                [
                    "efficient", "efficiently", "scalable", "flexible", "flexibly", "cheap", "inexpensive",
                    "affordable",
                    "lightweight", "performant", "high performance",
                ], "the amount: users, requests a second, dollars a query, bytes"
            ),
            (
                [
                    "some", "several", "many", "few", "most", "various", "approximately", "roughly", "about", "around",
                    "etc", "and so on", "and more", "multiple", "numerous", "large", "small", "huge",
                ], "the number, or the complete list"
            ),
            (
                [
                    "usually", "normally", "generally", "typically", "often", "sometimes", "if possible",
                    "where possible",
                    "when possible", "as far as possible", "ideally", "preferably", "mostly", "regularly",
                    "periodically",
                ], "when it does and when it does not"
            ),
        ]
        var table: [String: String] = [:]
        for group in groups {
            for words in group.words { table[words] = group.advice }
        }
        return table
    }()
}

/// Words of a requirement, as rules compare them.
enum RequirementWords {
    /// The words in lower case; a hyphen parts words.
    static func tokens(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// The same words in the same order are the same name.
    static func key(_ text: String) -> String { tokens(text).joined(separator: " ") }

    /// The text without what stands in quotes or as code: words that the system shows are not the author's.
    static func unquoted(_ text: String) -> String {
        var kept = ""
        var end: Character?
        for (position, character) in zip(text.indices, text) {
            if let closing = end {
                if character == closing { end = nil }
            } else if let closing = quotes[character], text[position...].dropFirst().contains(closing) {
                end = closing
                kept.append(" ")
            } else {
                kept.append(character)
            }
        }
        return kept
    }

    private static let quotes: [Character: Character] = ["\"": "\"", "“": "”", "`": "`", "«": "»"]
}
