internal import Base
internal import RAG

/// A message as server-sent events.
struct ServedMessageEvents: AnswerEncoding {
    let message: ServedMessage

    mutating func begin() -> String {
        Self.event("message_start", ["message": .object(message.head)])
            + Self.event(
                "content_block_start", ["index": 0, "content_block": ["type": "text", "text": "", "citations": .null]])
            + waiting
    }

    mutating func add(_ text: String) -> String {
        Self.event("content_block_delta", ["index": 0, "delta": ["type": "text_delta", "text": .string(text)]])
    }

    var waiting: String { Self.event("ping", [:]) }

    mutating func finish(_ answer: CitedAnswer) -> String {
        let delta: [String: JSONValue] = ["stop_reason": .string(ServedMessage.reason(answer)), "stop_sequence": .null]
        return Self.event("content_block_stop", ["index": 0])
            + Self.event(
                "message_delta",
                [
                    "delta": .object(delta.merging(ServedMessage.additions(answer)) { $1 }),
                    "usage": ServedMessage.usage(answer),
                ])
            + Self.event("message_stop", [:])
    }

    func failure(_ failure: RequestFailure) -> String {
        Self.event("error", ErrorForm.anthropic.body(failure, requestID: nil).object ?? [:])
    }

    private static func event(_ name: String, _ members: [String: JSONValue]) -> String {
        let body = JSONValue.object(members.merging(["type": .string(name)]) { $1 })
        return "event: \(name)\ndata: \(body.canonicalText)\n\n"
    }
}
