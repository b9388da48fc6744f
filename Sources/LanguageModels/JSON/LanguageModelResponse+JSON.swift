package import Base

extension LanguageModelResponse {
    /// The answer as JSON, from which it can be made again.
    package var json: JSONValue {
        var fields: [String: JSONValue] = [
            "parts": message.json, "stop_reason": .string(stopReason.word), "usage": usage.json,
        ]
        fields["id"] = id.map(JSONValue.string)
        fields["model"] = model.map(JSONValue.string)
        return .object(fields)
    }

    /// The answer that was written so.
    ///
    /// - Throws: `LanguageModelError` where it was not.
    package init(json: JSONValue) throws(LanguageModelError) {
        guard let parts = json["parts"], let reason = json["stop_reason"]?.string, let usage = json["usage"]
        else { throw LanguageModelError.form("is no answer", json) }
        self.init(
            id: json["id"]?.string, model: json["model"]?.string, message: try AssistantMessage(json: parts),
            stopReason: StopReason(word: reason), usage: try TokenUsage(json: usage))
    }
}

extension AssistantMessage {
    /// The parts as JSON, from which they can be made again.
    package var json: JSONValue { .array(parts.map(\.json)) }

    /// The message that was written so.
    ///
    /// - Throws: `LanguageModelError` where it was not.
    package init(json: JSONValue) throws(LanguageModelError) {
        guard let parts = json.array else { throw LanguageModelError.form("is no answer", json) }
        self.init(parts: [])
        for part in parts { self.parts.append(try Part(json: part)) }
    }
}

extension AssistantMessage.Part {
    var json: JSONValue {
        switch self {
        case .text(let text): return ["text": .string(text)]
        case .refusal(let text): return ["refusal": .string(text)]
        case .toolCall(let call):
            return ["call_id": .string(call.id), "name": .string(call.name), "arguments": .string(call.arguments)]
        case .reasoning(let reasoning):
            var fields: [String: JSONValue] = ["reasoning": .string(reasoning.text)]
            fields["signature"] = reasoning.signature.map(JSONValue.string)
            fields["redacted_data"] = reasoning.redactedData.map(JSONValue.string)
            return .object(fields)
        }
    }

    init(json: JSONValue) throws(LanguageModelError) {
        if let text = json["text"]?.string {
            self = .text(text)
        } else if let text = json["refusal"]?.string {
            self = .refusal(text)
        } else if let text = json["reasoning"]?.string {
            self = .reasoning(
                Reasoning(text: text, signature: json["signature"]?.string, redactedData: json["redacted_data"]?.string)
            )
        } else if let id = json["call_id"]?.string, let name = json["name"]?.string,
            let arguments = json["arguments"]?.string
        {
            self = .toolCall(ToolCall(id: id, name: name, arguments: arguments))
        } else {
            throw LanguageModelError.form("is no part of an answer", json)
        }
    }
}

extension StopReason {
    private static let words: [(StopReason, String)] = [
        (.stop, "stop"), (.stopSequence, "stop_sequence"), (.length, "length"), (.toolCalls, "tool_calls"),
        (.contentFilter, "content_filter"), (.refusal, "refusal"),
    ]

    /// One word for a file. A server's own words are set apart, so that none of them is taken for ours.
    package var word: String {
        if case .other(let words) = self { return "other:" + words }
        return Self.words.first { $0.0 == self }?.1 ?? "other:"
    }

    /// The reason that such a word stands for.
    package init(word: String) {
        self =
            Self.words.first { $0.1 == word }?.0
            ?? .other(word.hasPrefix("other:") ? String(word.dropFirst("other:".count)) : word)
    }
}

extension TokenUsage {
    /// The numbers as JSON, from which they can be made again.
    package var json: JSONValue {
        var fields: [String: JSONValue] = [
            "input": .integer(inputTokens), "output": .integer(outputTokens), "estimated": .bool(isEstimated),
        ]
        fields["cached_input"] = cachedInputTokens.map(JSONValue.integer)
        fields["cache_creation_input"] = cacheCreationInputTokens.map(JSONValue.integer)
        fields["reasoning"] = reasoningTokens.map(JSONValue.integer)
        return .object(fields)
    }

    /// The numbers that were written so.
    ///
    /// - Throws: `LanguageModelError` where they were not.
    package init(json: JSONValue) throws(LanguageModelError) {
        guard let input = json["input"]?.integer, let output = json["output"]?.integer,
            let isEstimated = json["estimated"]?.bool
        else { throw LanguageModelError.form("is no usage", json) }
        self.init(
            inputTokens: input, cachedInputTokens: json["cached_input"]?.integer,
            cacheCreationInputTokens: json["cache_creation_input"]?.integer, outputTokens: output,
            reasoningTokens: json["reasoning"]?.integer, isEstimated: isEstimated)
    }
}
