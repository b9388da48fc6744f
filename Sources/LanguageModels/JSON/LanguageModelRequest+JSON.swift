package import Base

extension LanguageModelRequest {
    /// Raised when equal requests are written in another way, so that no recording is taken for another request's.
    package static let jsonVersion = 1

    /// The request as JSON: equal requests give equal values, and every field that an answer depends on is in it.
    ///
    /// It is for keys, comparisons and people. A picture stands in it by the hash of its bytes, so a request cannot be
    /// made from it again. What is nil or empty is left out, and breakpoints, which change what an answer costs and not
    /// what it says, are as well.
    package var json: JSONValue {
        var fields: [String: JSONValue] = ["messages": .array(messages.map(\.json))]
        if !tools.isEmpty { fields["tools"] = .array(tools.map(\.json)) }
        fields["tool_choice"] = toolChoice?.json
        fields["response_format"] = responseFormat?.json
        fields["max_output_tokens"] = maxOutputTokens.map(JSONValue.integer)
        fields["temperature"] = temperature.map(JSONValue.number)
        fields["top_p"] = topP.map(JSONValue.number)
        if !stopSequences.isEmpty { fields["stop_sequences"] = .array(stopSequences.map(JSONValue.string)) }
        fields["seed"] = seed.map(JSONValue.integer)
        return .object(fields)
    }
}

extension Message {
    var json: JSONValue {
        switch self {
        case .system(let text): ["role": "system", "text": .string(text)]
        case .user(let parts): ["role": "user", "content": .array(parts.map(\.json))]
        case .assistant(let message): ["role": "assistant", "parts": message.json]
        case .tool(let result):
            [
                "role": "tool", "call_id": .string(result.callID), "content": .array(result.content.map(\.json)),
                "is_error": .bool(result.isError),
            ]
        }
    }
}

extension ContentPart {
    var json: JSONValue {
        switch self {
        case .text(let text): ["text": .string(text)]
        case .image(.url(let url)): ["image_url": .string(url)]
        case .image(.data(let data, let mediaType)):
            ["image_sha256": .string(ContentHash(of: data).hex), "media_type": .string(mediaType)]
        }
    }
}

extension ToolDefinition {
    var json: JSONValue {
        ["name": .string(name), "description": .string(description), "parameters": parameters]
    }
}

extension ToolChoice {
    var json: JSONValue {
        switch self {
        case .auto: "auto"
        case .none: "none"
        case .required: "required"
        case .tool(let name): ["tool": .string(name)]
        }
    }
}

extension ResponseFormat {
    var json: JSONValue {
        switch self {
        case .jsonSchema(let name, let schema): ["json_schema": schema, "name": .string(name)]
        }
    }
}
