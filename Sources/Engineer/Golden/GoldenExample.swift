internal import Base
internal import RAG

/// The row that `neo new` writes into an empty golden file, which is no question of anybody's.
enum GoldenExample {
    /// Whether a line of the file is that row, in whatever order its fields stand.
    static func isLine(_ line: String) -> Bool {
        guard let row = try? JSONValue(parsing: line) else { return false }
        return row == (try? JSONValue(parsing: NewProject.exampleQuestion))
    }

    /// Whether a question is that row: one that somebody has changed is theirs, under its old name, too.
    static func isQuestion(_ question: GoldenQuestion) -> Bool { question == example }

    private static let example = try? GoldenSet(
        parsing: NewProject.exampleQuestion, file: "golden.jsonl", diagnostics: DiagnosticCollector()
    ).questions.first
}
