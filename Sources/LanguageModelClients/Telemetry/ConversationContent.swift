internal import Base
internal import LanguageModels

/// What is said in a conversation, as the JSON of OpenTelemetry's conventions: messages of a role and parts.
///
/// Pictures are named, with their sizes, and not sent.
struct ConversationContent {
    /// What holds for the whole conversation; nil where nothing does.
    let instructions: JSONValue?
    /// The turns.
    let messages: JSONValue
    /// What the model may call; nil where there is nothing.
    let tools: JSONValue?

    init(_ request: LanguageModelRequest) {
        var instructions: [JSONValue] = []
        var messages: [JSONValue] = []
        for message in request.messages {
            switch message {
            case .system(let text): instructions.append(Self.text(text))
            case .user(let parts): messages.append(Self.message("user", parts.map(Self.part)))
            case .assistant(let answer): messages.append(Self.message("assistant", answer.parts.map(Self.part)))
            case .tool(let result): messages.append(Self.message("tool", [Self.part(result)]))
            }
        }
        self.instructions = instructions.isEmpty ? nil : .array(instructions)
        self.messages = .array(messages)
        tools =
            request.tools.isEmpty
            ? nil
            : .array(
                request.tools.map { tool in
                    [
                        "type": "function", "name": .string(tool.name), "description": .string(tool.description),
                        "parameters": tool.parameters,
                    ]
                })
    }

    /// An answer.
    static func answer(_ response: LanguageModelResponse) -> JSONValue {
        [
            [
                "role": "assistant", "parts": .array(response.message.parts.map(part)),
                "finish_reason": .string(response.stopReason.conventionalName),
            ]
        ]
    }

    private static func message(_ role: String, _ parts: [JSONValue]) -> JSONValue {
        ["role": .string(role), "parts": .array(parts)]
    }

    private static func text(_ text: String) -> JSONValue { ["type": "text", "content": .string(text)] }

    private static func part(_ part: ContentPart) -> JSONValue {
        switch part {
        case .text(let text): Self.text(text)
        case .image(.data(let data, let mediaType)):
            ["type": "image", "mime_type": .string(mediaType), "bytes": .integer(data.count)]
        case .image(.url(let url)): ["type": "uri", "modality": "image", "uri": .string(url)]
        }
    }

    private static func part(_ part: AssistantMessage.Part) -> JSONValue {
        switch part {
        case .text(let text): Self.text(text)
        case .refusal(let words): ["type": "refusal", "content": .string(words)]
        case .reasoning(let reasoning): ["type": "reasoning", "content": .string(reasoning.text)]
        case .toolCall(let call):
            [
                "type": "tool_call", "id": .string(call.id), "name": .string(call.name),
                "arguments": call.argumentsObject.map { .object($0) } ?? .string(call.arguments),
            ]
        }
    }

    private static func part(_ result: ToolResult) -> JSONValue {
        [
            "type": "tool_call_response", "id": .string(result.callID),
            "response": .array(result.content.map(part)),
        ]
    }
}
