package import Base
package import RAG

/// An answer with what a judge needs, and, where a person has judged it, with the label.
package struct JudgedAnswer: Sendable, Hashable {
    /// The answer.
    package var item: JudgeItem
    /// The model that wrote it; nil where none did, or nobody says.
    package var writer: String?
    /// What a person said of it, from 0 (wrong) to 1 (right).
    package var label: Double?

    /// An answer.
    package init(_ item: JudgeItem, writer: String? = nil, label: Double? = nil) {
        self.item = item
        self.writer = writer
        self.label = label
    }

    /// The row of a file; reading it gives the answer again.
    package var json: JSONValue {
        var row: [String: JSONValue] = [
            "id": .string(item.id), "question": .string(item.question), "answer": .string(item.answer),
        ]
        if !item.goldenAnswers.isEmpty { row["answers"] = .array(item.goldenAnswers.map { .string($0) }) }
        if !item.passages.isEmpty { row["passages"] = .array(item.passages.map { .string($0) }) }
        row["model"] = writer.map { .string($0) }
        row["label"] = label.map { $0 == 1 ? "correct" : $0 == 0 ? "incorrect" : .number($0) }
        return .object(row)
    }

    /// Names the answer by what it says: a label belongs to this very text.
    var hash: ContentHash { ContentHash(of: [.string(item.question), .string(item.answer)]) }
}
