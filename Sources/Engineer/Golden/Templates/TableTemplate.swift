/// A row of a table: "What is the default of `timeout`?"
enum TableTemplate {
    private static let purposes: Set<String> = [
        "description", "does", "purpose", "use", "for", "meaning", "what it does",
    ]

    /// A question for each cell behind the first that says something.
    static func drafts(_ row: PassageMaterial.Row, _ words: QuestionWords) -> [QuestionDraft] {
        guard let key = row.cells.first?.value, (2...60).contains(key.count), key.contains(where: \.isLetter) else {
            return []
        }
        return row.cells.dropFirst().compactMap { column, value in
            let column = column.trimming { $0.isWhitespace || $0 == ":" }
            guard (3...40).contains(column.count), (2...200).contains(value.count),
                value.contains(where: \.isLetter)
                    || value.contains(where: \.isNumber), column.contains(where: \.isLetter)
            else { return nil }
            let words = column.split(separator: " ")
            guard words.count <= 4 else { return nil }
            let name = words.joined(separator: " ").lowercased()
            let question = purposes.contains(name) ? "What is \(key) for?" : "What is the \(name) of \(key)?"
            return QuestionDraft(
                kind: .table, question: question, answer: value, why: "It is a cell of a table.",
                quality: purposes.contains(name) ? 1 : 1.2)
        }
    }
}
