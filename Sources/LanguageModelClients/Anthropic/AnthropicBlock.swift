internal import Base
internal import LanguageModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Content blocks of Anthropic's Messages. Empty texts are left out, because the server refuses them.
enum AnthropicBlock {
    /// What a user says or shows.
    static func block(_ part: ContentPart) -> JSONValue? {
        switch part {
        case .text(let text): self.text(text)
        case .image(.data(let data, let mediaType)):
            [
                "type": "image",
                "source": [
                    "type": "base64", "media_type": .string(mediaType), "data": .string(data.base64EncodedString()),
                ],
            ]
        case .image(.url(let url)): ["type": "image", "source": ["type": "url", "url": .string(url)]]
        }
    }

    /// What a tool gave back.
    static func block(_ result: ToolResult) -> JSONValue {
        var block: [String: JSONValue] = [
            "type": "tool_result", "tool_use_id": .string(result.callID),
            "content": .array(result.content.compactMap { self.block($0) }),
        ]
        if result.isError { block["is_error"] = true }
        return .object(block)
    }

    /// What the model said. Thoughts that nobody signed are left out: they come from another server.
    static func block(_ part: AssistantMessage.Part) -> JSONValue? {
        switch part {
        case .text(let text), .refusal(let text): return self.text(text)
        case .toolCall(let call):
            // The server takes objects only; a call that was none is shown as what it was.
            let input = call.argumentsObject ?? ["arguments": .string(call.arguments)]
            return ["type": "tool_use", "id": .string(call.id), "name": .string(call.name), "input": .object(input)]
        case .reasoning(let reasoning):
            if let data = reasoning.redactedData { return ["type": "redacted_thinking", "data": .string(data)] }
            guard let signature = reasoning.signature else { return nil }
            return ["type": "thinking", "thinking": .string(reasoning.text), "signature": .string(signature)]
        }
    }

    private static func text(_ text: String) -> JSONValue? {
        text.isEmpty ? nil : ["type": "text", "text": .string(text)]
    }
}
