internal import Base
internal import LanguageModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Requests in the form of Anthropic's Messages.
///
/// Source: the API reference of Anthropic Messages, version 2023-06-01; prompt caching; structured outputs.
struct AnthropicMessagesWire: LanguageModelWire {
    let url: String
    let model: String?
    let extraFields: [String: JSONValue]

    /// A request must bound its answer; this is asked for where the caller does not.
    private static let maxTokens = 4_096
    private static let mark: JSONValue = ["type": "ephemeral"]
    /// More marks are refused.
    private static let mostBreakpoints = 4

    /// The address is mostly given without `/v1`, as Anthropic's own clients want it, but not always.
    var path: String { url.hasSuffix("/v1") ? "/messages" : "/v1/messages" }

    var modelsPath: String { url.hasSuffix("/v1") ? "/models?limit=1000" : "/v1/models?limit=1000" }

    func headers(key: Secret?) -> [String: Secret] {
        var headers: [String: Secret] = [:]
        headers["x-api-key"] = key
        return headers
    }

    var openHeaders: [String: String] { ["anthropic-version": "2023-06-01"] }

    func emptyAnswer() -> any AnswerAssembly { AnthropicMessagesAnswer() }

    func body(for request: LanguageModelRequest, streaming: Bool) throws(LanguageModelError) -> JSONValue {
        guard request.cacheBreakpoints.count <= Self.mostBreakpoints else {
            throw LanguageModelError(
                .request, "Anthropic takes at most \(Self.mostBreakpoints) cache breakpoints in a request.")
        }
        var body: [String: JSONValue] = [
            "max_tokens": .integer(request.maxOutputTokens ?? Self.maxTokens), "messages": messages(of: request),
        ]
        body["model"] = model.map { .string($0) }
        let system = system(of: request)
        if !system.isEmpty { body["system"] = .array(system) }
        if streaming { body["stream"] = true }
        body["temperature"] = request.temperature.map { .number($0) }
        body["top_p"] = request.topP.map { .number($0) }
        if !request.stopSequences.isEmpty {
            body["stop_sequences"] = .array(request.stopSequences.map { .string($0) })
        }
        if case .jsonSchema(_, let schema) = request.responseFormat {
            body["output_config"] = ["format": ["type": "json_schema", "schema": schema]]
        }
        addTools(of: request, to: &body)
        return .object(body.merging(extraFields) { _, extra in extra })
    }

    private func addTools(of request: LanguageModelRequest, to body: inout [String: JSONValue]) {
        guard !request.tools.isEmpty else { return }
        var tools = request.tools.map { tool -> [String: JSONValue] in
            [
                "name": .string(tool.name), "description": .string(tool.description), "input_schema": tool.parameters,
            ]
        }
        if request.cacheBreakpoints.contains(.tools) { tools[tools.count - 1]["cache_control"] = Self.mark }
        body["tools"] = .array(tools.map { .object($0) })
        switch request.toolChoice {
        case nil: break
        case .auto: body["tool_choice"] = ["type": "auto"]
        case .some(.none): body["tool_choice"] = ["type": "none"]
        case .required: body["tool_choice"] = ["type": "any"]
        case .tool(let name): body["tool_choice"] = ["type": "tool", "name": .string(name)]
        }
    }

    /// What holds for the whole conversation stands outside its turns, wherever it was said.
    private func system(of request: LanguageModelRequest) -> [JSONValue] {
        request.messages.indices.compactMap { position in
            guard case .system(let text) = request.messages[position], !text.isEmpty else { return nil }
            return marked([["type": "text", "text": .string(text)]], position, request).first
        }
    }

    /// The turns alternate: what tools gave back is a part of the user's next turn.
    private func messages(of request: LanguageModelRequest) -> JSONValue {
        var turns: [(role: String, blocks: [JSONValue])] = []
        for (position, message) in request.messages.enumerated() {
            let role: String
            let blocks: [JSONValue]
            switch message {
            case .system: continue
            case .user(let parts): (role, blocks) = ("user", parts.compactMap(AnthropicBlock.block))
            case .assistant(let message): (role, blocks) = ("assistant", message.parts.compactMap(AnthropicBlock.block))
            case .tool(let result): (role, blocks) = ("user", [AnthropicBlock.block(result)])
            }
            guard !blocks.isEmpty else { continue }
            let marked = marked(blocks, position, request)
            if turns.last?.role == role {
                turns[turns.count - 1].blocks += marked
            } else {
                turns.append((role, marked))
            }
        }
        return .array(turns.map { ["role": .string($0.role), "content": .array($0.blocks)] })
    }

    private func marked(_ blocks: [JSONValue], _ position: Int, _ request: LanguageModelRequest) -> [JSONValue] {
        guard request.cacheBreakpoints.contains(.message(position)), case .object(var last) = blocks.last else {
            return blocks
        }
        last["cache_control"] = Self.mark
        return blocks.dropLast() + [.object(last)]
    }
}
