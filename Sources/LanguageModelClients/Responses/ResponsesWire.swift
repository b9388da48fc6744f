internal import Base
internal import LanguageModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Requests in the form of OpenAI's Responses. The server keeps nothing (`store: false`): the whole conversation is sent.
///
/// Thoughts go back to the server where it gave them in its own cipher, which it does when the endpoint's `extraFields`
/// have `"include": ["reasoning.encrypted_content"]`; models that do not think refuse that field.
///
/// Source: openai-openapi v2.3.0, `CreateResponse`.
struct ResponsesWire: LanguageModelWire {
    let model: String?
    let extraFields: [String: JSONValue]

    var path: String { "/responses" }

    var modelsPath: String { "/models" }

    func headers(key: Secret?) -> [String: Secret] {
        let bearer = key.flatMap { key in key.reveal { Secret("Bearer \($0)") } }
        return bearer.map { ["authorization": $0] } ?? [:]
    }

    var openHeaders: [String: String] { [:] }

    func emptyAnswer() -> any AnswerAssembly { ResponsesAnswer() }

    func body(for request: LanguageModelRequest, streaming: Bool) throws(LanguageModelError) -> JSONValue {
        guard request.stopSequences.isEmpty else {
            throw LanguageModelError(
                .request,
                "Responses cannot end an answer at a text; leave out the stop sequences, or use chat completions.")
        }
        var body: [String: JSONValue] = [
            "input": .array(request.messages.flatMap(Self.items)), "store": false,
        ]
        body["model"] = model.map { .string($0) }
        if streaming { body["stream"] = true }
        body["max_output_tokens"] = request.maxOutputTokens.map { .integer($0) }
        body["temperature"] = request.temperature.map { .number($0) }
        body["top_p"] = request.topP.map { .number($0) }
        if case .jsonSchema(let name, let schema) = request.responseFormat {
            body["text"] = [
                "format": ["type": "json_schema", "name": .string(name), "schema": schema, "strict": true]
            ]
        }
        addTools(of: request, to: &body)
        return .object(body.merging(extraFields) { _, extra in extra })
    }

    private func addTools(of request: LanguageModelRequest, to body: inout [String: JSONValue]) {
        guard !request.tools.isEmpty else { return }
        // Where nothing is said, the protocol would take a schema as a strict one, which few schemas are.
        body["tools"] = .array(
            request.tools.map { tool in
                [
                    "type": "function", "name": .string(tool.name), "description": .string(tool.description),
                    "parameters": tool.parameters, "strict": false,
                ]
            })
        switch request.toolChoice {
        case nil: break
        case .auto: body["tool_choice"] = "auto"
        case .some(.none): body["tool_choice"] = "none"
        case .required: body["tool_choice"] = "required"
        case .tool(let name): body["tool_choice"] = ["type": "function", "name": .string(name)]
        }
    }

    /// A message is one item or several: calls, results and thoughts are items of their own.
    private static func items(of message: Message) -> [JSONValue] {
        switch message {
        case .system(let text): [["type": "message", "role": "system", "content": .string(text)]]
        case .user(let parts): [["type": "message", "role": "user", "content": content(parts)]]
        case .assistant(let message): message.parts.compactMap(item)
        case .tool(let result):
            [["type": "function_call_output", "call_id": .string(result.callID), "output": content(result.content)]]
        }
    }

    private static func item(of part: AssistantMessage.Part) -> JSONValue? {
        switch part {
        case .text(let text), .refusal(let text):
            return text.isEmpty ? nil : ["type": "message", "role": "assistant", "content": .string(text)]
        case .toolCall(let call):
            return [
                "type": "function_call", "call_id": .string(call.id), "name": .string(call.name),
                "arguments": .string(call.arguments),
            ]
        case .reasoning(let reasoning):
            guard let data = reasoning.redactedData else { return nil }
            let summary: JSONValue =
                reasoning.text.isEmpty ? [] : [["type": "summary_text", "text": .string(reasoning.text)]]
            var item: [String: JSONValue] = [
                "type": "reasoning", "summary": summary, "encrypted_content": .string(data),
            ]
            item["id"] = reasoning.signature.map { .string($0) }
            return .object(item)
        }
    }

    private static func content(_ parts: [ContentPart]) -> JSONValue {
        if parts.count == 1, case .text(let text) = parts[0] { return .string(text) }
        return .array(
            parts.map { part in
                switch part {
                case .text(let text): ["type": "input_text", "text": .string(text)]
                case .image(.url(let url)): ["type": "input_image", "image_url": .string(url)]
                case .image(.data(let data, let mediaType)):
                    [
                        "type": "input_image",
                        "image_url": .string("data:\(mediaType);base64,\(data.base64EncodedString())"),
                    ]
                }
            })
    }
}
