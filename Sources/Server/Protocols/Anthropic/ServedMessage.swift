internal import Base
internal import RAG

/// An answer in the form of Anthropic's messages, with what makes it one of Neo's beside it: `citations` as `/v1/answer`
/// has them, `abstained`, `unsupported`.
struct ServedMessage: Sendable {
    let id: String
    let model: ServedModel

    /// The body of a response that is not streamed.
    func body(_ answer: CitedAnswer) -> JSONValue {
        let more: [String: JSONValue] = [
            "content": [["type": "text", "text": .string(answer.spokenText), "citations": .null]],
            "stop_reason": .string(Self.reason(answer)),
            "usage": Self.usage(answer),
        ]
        return .object(head.merging(more) { $1 }.merging(Self.additions(answer)) { $1 })
    }

    /// What is known before the answer is.
    var head: [String: JSONValue] {
        [
            "id": .string(id), "type": "message", "role": "assistant", "model": .string(model.id), "content": [],
            "stop_reason": .null, "stop_sequence": .null, "usage": ["input_tokens": 0, "output_tokens": 0],
        ]
    }

    static func reason(_ answer: CitedAnswer) -> String {
        answer.answer.generated?.isCut == true ? "max_tokens" : "end_turn"
    }

    static func usage(_ answer: CitedAnswer) -> JSONValue {
        [
            "input_tokens": .integer(answer.answer.usage?.inputTokens ?? 0),
            "output_tokens": .integer(answer.answer.usage?.outputTokens ?? 0),
        ]
    }

    static func additions(_ answer: CitedAnswer) -> [String: JSONValue] {
        [
            "citations": .array(answer.citations.map(answer.body(of:))), "abstained": .bool(answer.answer.abstained),
            "unsupported": .bool(answer.answer.generated?.isUnsupported ?? false),
        ]
    }
}
