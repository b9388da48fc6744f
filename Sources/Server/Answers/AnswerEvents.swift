internal import Base
internal import RAG

/// The answer of `POST /v1/answer` as server-sent events: `text` for more of the text, then `answer` with all that the
/// answer is otherwise, or `error`.
struct AnswerEvents: AnswerEncoding {
    mutating func begin() -> String { "" }

    mutating func add(_ text: String) -> String { Self.event("text", ["text": .string(text)]) }

    /// A comment, which clients pass over.
    var waiting: String { ": waiting\n\n" }

    mutating func finish(_ answer: CitedAnswer) -> String { Self.event("answer", answer.body) }

    func failure(_ failure: RequestFailure) -> String { Self.event("error", failure.body) }

    private static func event(_ name: String, _ body: JSONValue) -> String {
        "event: \(name)\ndata: \(body.canonicalText)\n\n"
    }
}
