internal import Base
internal import LanguageModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Requests in the form of OpenAI's chat completions.
///
/// Source: openai-openapi v2.3.0, `CreateChatCompletionRequest`.
struct ChatCompletionsWire: LanguageModelWire {
    let model: String?
    let quirks: ChatCompletionsQuirks
    let extraFields: [String: JSONValue]

    var path: String { "/chat/completions" }

    var modelsPath: String { "/models" }

    func headers(key: Secret?) -> [String: Secret] {
        let bearer = key.flatMap { key in key.reveal { Secret("Bearer \($0)") } }
        return bearer.map { ["authorization": $0] } ?? [:]
    }

    var openHeaders: [String: String] { [:] }

    func emptyAnswer() -> any AnswerAssembly { ChatCompletionsAnswer() }

    func body(for request: LanguageModelRequest, streaming: Bool) throws(LanguageModelError) -> JSONValue {
        var messages: [JSONValue] = []
        for message in request.messages { messages.append(try json(message)) }
        var body: [String: JSONValue] = ["messages": .array(messages)]
        body["model"] = model.map { .string($0) }
        if streaming {
            body["stream"] = true
            if quirks.knowsStreamOptions { body["stream_options"] = ["include_usage": true] }
        }
        body[quirks.maxTokensField] = request.maxOutputTokens.map { .integer($0) }
        body["temperature"] = request.temperature.map { .number($0) }
        body["top_p"] = request.topP.map { .number($0) }
        body["seed"] = request.seed.map { .integer($0) }
        if !request.stopSequences.isEmpty { body["stop"] = .array(request.stopSequences.map { .string($0) }) }
        if case .jsonSchema(let name, let schema) = request.responseFormat {
            body["response_format"] = [
                "type": "json_schema", "json_schema": ["name": .string(name), "schema": schema, "strict": true],
            ]
        }
        addTools(of: request, to: &body)
        return .object(body.merging(extraFields) { _, extra in extra })
    }

    /// Servers refuse a choice where there is nothing to choose from.
    private func addTools(of request: LanguageModelRequest, to body: inout [String: JSONValue]) {
        guard !request.tools.isEmpty else { return }
        var tools = request.tools
        switch request.toolChoice {
        case nil: break
        case .auto: body["tool_choice"] = "auto"
        case .some(.none): body["tool_choice"] = "none"
        case .required: body["tool_choice"] = "required"
        case .tool(let name) where quirks.knowsNamedToolChoice:
            body["tool_choice"] = ["type": "function", "function": ["name": .string(name)]]
        case .tool(let name):
            tools = tools.filter { $0.name == name }
            body["tool_choice"] = "required"
        }
        body["tools"] = .array(
            tools.map { tool in
                let function: JSONValue = [
                    "name": .string(tool.name), "description": .string(tool.description),
                    "parameters": tool.parameters,
                ]
                return ["type": "function", "function": function]
            })
    }

    private func json(_ message: Message) throws(LanguageModelError) -> JSONValue {
        switch message {
        case .system(let text): return ["role": "system", "content": .string(text)]
        case .user(let parts): return ["role": "user", "content": try content(parts)]
        case .assistant(let message): return json(message)
        case .tool(let result):
            let texts = result.content.compactMap { if case .text(let text) = $0 { text } else { nil } }
            guard texts.count == result.content.count else {
                throw LanguageModelError(
                    .request,
                    "Chat completions take no pictures in a tool's result; put them into a user message behind it.")
            }
            return [
                "role": "tool", "tool_call_id": .string(result.callID),
                "content": .string(texts.joined(separator: "\n")),
            ]
        }
    }

    private func json(_ message: AssistantMessage) -> JSONValue {
        let text = message.text
        let calls = message.toolCalls.map { call -> JSONValue in
            let function: JSONValue = ["name": .string(call.name), "arguments": .string(call.arguments)]
            return ["id": .string(call.id), "type": "function", "function": function]
        }
        var json: [String: JSONValue] = ["role": "assistant"]
        if !calls.isEmpty { json["tool_calls"] = .array(calls) }
        if let refusal = message.refusal { json["refusal"] = .string(refusal) }
        // Null is for messages that say something else; servers refuse one that says nothing.
        json["content"] = text.isEmpty && json.count > 1 ? .null : .string(text)
        return .object(json)
    }

    /// A single text is a string: simple servers know nothing else.
    private func content(_ parts: [ContentPart]) throws(LanguageModelError) -> JSONValue {
        if parts.count == 1, case .text(let text) = parts[0] { return .string(text) }
        var json: [JSONValue] = []
        for part in parts {
            switch part {
            case .text(let text): json.append(["type": "text", "text": .string(text)])
            case .image(.data(let data, let mediaType)):
                let url = "data:\(mediaType);base64,\(data.base64EncodedString())"
                json.append(["type": "image_url", "image_url": ["url": .string(url)]])
            case .image(.url(let url)):
                guard quirks.fetchesImages else {
                    throw LanguageModelError(
                        .request, "This server does not fetch pictures; send the bytes of \(url) in the request.")
                }
                json.append(["type": "image_url", "image_url": ["url": .string(url)]])
            }
        }
        return .array(json)
    }
}
