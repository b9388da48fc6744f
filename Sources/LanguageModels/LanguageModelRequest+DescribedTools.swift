internal import Base

extension LanguageModelRequest {
    /// The same request in words that a model without tools understands: tools are described in the first message, calls and
    /// results are text, and a call that must be made is a form of the answer.
    ///
    /// Source of the words' form: the prompt of Hermes 2 Pro, which Qwen's and SmolLM's follow.
    var describingTools: LanguageModelRequest {
        var request = self
        request.messages = messages.map(Self.inWords)
        request.tools = []
        request.toolChoice = nil
        request.cacheBreakpoints.remove(.tools)
        guard !tools.isEmpty, toolChoice != ToolChoice.none else { return request }
        var offered = tools
        switch toolChoice {
        case .required: request.responseFormat = Self.callFormat(offered)
        case .tool(let name):
            offered = offered.filter { $0.name == name }
            request.responseFormat = Self.callFormat(offered)
        case nil, .auto, .some(.none): break
        }
        request.describe(offered, isTagged: request.responseFormat == nil)
        return request
    }

    private mutating func describe(_ tools: [ToolDefinition], isTagged: Bool) {
        let lines = tools.map { tool -> String in
            let function: JSONValue = [
                "name": .string(tool.name), "description": .string(tool.description), "parameters": tool.parameters,
            ]
            return function.canonicalText
        }
        let form = #"{"name": the function's name, "arguments": an object with its arguments}"#
        let tags = isTagged ? "between <tool_call> and </tool_call>, " : ""
        let words = """
            You may call these functions, described as JSON with a JSON Schema of their arguments:
            \(lines.joined(separator: "\n"))
            To call one, answer with \(tags)JSON of this form and nothing else: \(form)
            """
        self = adding(words)
    }

    /// The same request with more words in its first message.
    func adding(_ words: String) -> LanguageModelRequest {
        var request = self
        if case .system(let text) = messages.first {
            request.messages[0] = .system(text + "\n\n" + words)
            return request
        }
        request.messages.insert(.system(words), at: 0)
        request.cacheBreakpoints = Set(
            cacheBreakpoints.map { if case .message(let position) = $0 { .message(position + 1) } else { $0 } })
        return request
    }

    /// One call of one of the tools.
    private static func callFormat(_ tools: [ToolDefinition]) -> ResponseFormat {
        let calls = tools.map { tool -> JSONValue in
            [
                "type": "object", "properties": ["name": ["const": .string(tool.name)], "arguments": tool.parameters],
                "required": ["name", "arguments"], "additionalProperties": false,
            ]
        }
        let schema = calls.count == 1 ? calls[0] : ["anyOf": .array(calls)]
        return .jsonSchema(name: "call", schema: schema)
    }

    private static func inWords(_ message: Message) -> Message {
        switch message {
        case .system, .user: return message
        case .assistant(let answer):
            guard !answer.toolCalls.isEmpty else { return message }
            var answer = answer
            answer.parts = answer.parts.map { part in
                guard case .toolCall(let call) = part else { return part }
                let arguments = call.argumentsObject.map { JSONValue.object($0) } ?? .string(call.arguments)
                let json: JSONValue = ["name": .string(call.name), "arguments": arguments]
                return .text("<tool_call>\n\(json.canonicalText)\n</tool_call>")
            }
            return .assistant(answer)
        case .tool(let result):
            return .user(
                [.text(result.isError ? "<tool_response>\nError: " : "<tool_response>\n")] + result.content
                    + [.text("\n</tool_response>")])
        }
    }
}
