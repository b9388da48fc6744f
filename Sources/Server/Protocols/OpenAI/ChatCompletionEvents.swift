internal import Base
internal import RAG

/// A chat completion as server-sent events.
struct ChatCompletionEvents: AnswerEncoding {
    let completion: ChatCompletion
    let includesUsage: Bool

    mutating func begin() -> String { chunk(["role": "assistant", "content": "", "refusal": .null]) }

    mutating func add(_ text: String) -> String { chunk(["content": .string(text)]) }

    /// A comment, which clients pass over.
    var waiting: String { ": waiting\n\n" }

    mutating func finish(_ answer: CitedAnswer) -> String {
        var events = chunk(ChatCompletion.additions(answer), reason: .string(ChatCompletion.reason(answer)))
        if includesUsage { events += event(choices: [], usage: ChatCompletion.usage(answer)) }
        return events + "data: [DONE]\n\n"
    }

    func failure(_ failure: RequestFailure) -> String {
        "data: \(ErrorForm.openAI.body(failure, requestID: nil).canonicalText)\n\n"
    }

    private func chunk(_ delta: [String: JSONValue], reason: JSONValue = .null) -> String {
        event(
            choices: [["index": 0, "delta": .object(delta), "finish_reason": reason, "logprobs": .null]], usage: .null)
    }

    private func event(choices: JSONValue, usage: JSONValue) -> String {
        var members: [String: JSONValue] = [
            "id": .string(completion.id), "object": "chat.completion.chunk", "created": .integer(completion.created),
            "model": .string(completion.model.id), "choices": choices,
        ]
        if includesUsage { members["usage"] = usage }
        return "data: \(JSONValue.object(members).canonicalText)\n\n"
    }
}
