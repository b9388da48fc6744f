package import Base

extension LanguageModelEvent {
    /// The event as JSON, from which it can be made again.
    package var json: JSONValue {
        switch self {
        case .reasoning(let text): ["reasoning": .string(text)]
        case .text(let text): ["text": .string(text)]
        case .refusal(let text): ["refusal": .string(text)]
        case .toolCall(let index, let id, let name):
            ["tool_call": .integer(index), "id": .string(id), "name": .string(name)]
        case .toolCallArguments(let index, let fragment):
            ["tool_call": .integer(index), "arguments": .string(fragment)]
        case .completed(let response): ["completed": response.json]
        }
    }

    /// The event that was written so.
    ///
    /// - Throws: `LanguageModelError` where it was not.
    package init(json: JSONValue) throws(LanguageModelError) {
        if let text = json["reasoning"]?.string {
            self = .reasoning(text)
        } else if let text = json["text"]?.string {
            self = .text(text)
        } else if let text = json["refusal"]?.string {
            self = .refusal(text)
        } else if let index = json["tool_call"]?.integer, let id = json["id"]?.string, let name = json["name"]?.string {
            self = .toolCall(index: index, id: id, name: name)
        } else if let index = json["tool_call"]?.integer, let fragment = json["arguments"]?.string {
            self = .toolCallArguments(index: index, fragment: fragment)
        } else if let response = json["completed"] {
            self = .completed(try LanguageModelResponse(json: response))
        } else {
            throw LanguageModelError.form("is no event of an answer", json)
        }
    }
}

extension LanguageModelResponse {
    /// The events of a stream that says the same, in as few pieces as there are parts.
    package var events: [LanguageModelEvent] {
        var calls = 0
        return message.parts.flatMap { part -> [LanguageModelEvent] in
            switch part {
            case .reasoning(let reasoning): return reasoning.text.isEmpty ? [] : [.reasoning(reasoning.text)]
            case .text(let text): return text.isEmpty ? [] : [.text(text)]
            case .refusal(let text): return text.isEmpty ? [] : [.refusal(text)]
            case .toolCall(let call):
                defer { calls += 1 }
                return [
                    .toolCall(index: calls, id: call.id, name: call.name),
                    .toolCallArguments(index: calls, fragment: call.arguments),
                ]
            }
        } + [.completed(self)]
    }
}

extension LanguageModelError {
    static func form(_ predicate: String, _ json: JSONValue) -> LanguageModelError {
        LanguageModelError(.answer, "A recorded answer is damaged: \(json.canonicalText.prefix(80)) \(predicate).")
    }
}
