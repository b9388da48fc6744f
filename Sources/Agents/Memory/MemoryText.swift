/// Texts of agents and people, as they stand in files of Markdown that Neo reads again.
enum MemoryText {
    /// The most bytes of one text.
    static let longest = 16_000

    /// One line, without signs that a terminal would obey.
    static func line(_ text: String, most: Int = 500) -> String {
        let words = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return bounded(ToolText.harmless(words).trimmingSpaces, most)
    }

    /// Paragraphs, in which no line is a heading: those are Neo's.
    static func paragraphs(_ text: String) -> String {
        let lines = bounded(text, longest).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
            line in
            let text = ToolText.harmless(String(line))
            return text.hasPrefix("#") || text.hasPrefix("\\") ? "\\" + text : text
        }
        return lines.joined(separator: "\n").trimmingSpaces
    }

    /// Lines of a file as somebody wrote them.
    static func read(_ lines: [Substring]) -> String {
        lines.map { $0.hasPrefix("\\") ? $0.dropFirst() : $0 }.joined(separator: "\n").trimmingSpaces
    }

    /// As many bytes as are allowed, cut between characters.
    static func bounded(_ text: String, _ most: Int) -> String {
        guard text.utf8.count > most else { return text }
        var kept = text.prefix(most)
        while kept.utf8.count > most - 8 { kept = kept.dropLast() }
        return kept + " …"
    }
}

extension String {
    /// Without spaces and empty lines at its ends.
    fileprivate var trimmingSpaces: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
