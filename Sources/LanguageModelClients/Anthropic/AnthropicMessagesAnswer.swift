internal import Base
internal import LanguageModels

/// Puts an answer together from Anthropic's Messages, whole or streamed. Blocks and events of kinds that are not known
/// are passed over, as the protocol wants it.
///
/// Source: the API reference of Anthropic Messages, version 2023-06-01, and its page on streaming.
struct AnthropicMessagesAnswer: AnswerAssembly {
    /// A block that is being written.
    private struct Block {
        enum Kind { case text, thinking, toolUse }
        let kind: Kind
        /// Text, thoughts, or the JSON text of arguments.
        var text = ""
        var signature: String?
        var redactedData: String?
        var call = (id: "", name: "", number: 0)
        /// Arguments that came at once.
        var input: JSONValue?
    }

    private var id: String?
    private var model: String?
    private var blocks: [Int: Block] = [:]
    private var toolUses = 0
    private var stopReason: String?
    private var usage: [String: JSONValue] = [:]
    private var hasBegun = false

    private(set) var isComplete = false
    var mayEnd: Bool { stopReason != nil }

    mutating func add(whole reply: JSONValue) throws(AnswerProblem) -> [LanguageModelEvent] {
        if let error = reply["error"], error != .null { throw .said(error) }
        guard reply["content"]?.array != nil else { throw .form("answered with JSON that is no message.") }
        begin(reply)
        var events: [LanguageModelEvent] = []
        for (index, block) in (reply["content"]?.array ?? []).enumerated() { events += start(block, index) }
        end(reply)
        isComplete = true
        return events
    }

    mutating func add(_ event: ServerSentEvent) throws(AnswerProblem) -> [LanguageModelEvent] {
        guard let value = try? JSONValue(parsing: event.data), value.object != nil else {
            throw .form("sent an event that is no JSON object: \(event.data)")
        }
        let index = value["index"]?.integer ?? 0
        switch value["type"]?.string ?? event.event {
        case "message_start": begin(value["message"] ?? [:])
        case "content_block_start": return start(value["content_block"] ?? [:], index)
        case "content_block_delta": return extend(value["delta"] ?? [:], index)
        case "message_delta":
            end(value["delta"] ?? [:])
            merge(value["usage"])
        case "message_stop":
            guard hasBegun else { throw .form("ended its answer before it had begun.") }
            isComplete = true
        case "error": throw .said(value["error"] ?? value)
        default: break
        }
        return []
    }

    private mutating func begin(_ message: JSONValue) {
        hasBegun = true
        id = message["id"]?.string
        model = message["model"]?.string
        merge(message["usage"])
    }

    private mutating func end(_ message: JSONValue) {
        if let reason = message["stop_reason"]?.string { stopReason = reason }
    }

    /// Later counts replace earlier ones: they are sums.
    private mutating func merge(_ counts: JSONValue?) {
        usage.merge((counts?.object ?? [:]).filter { $0.value != .null }) { _, later in later }
    }

    private mutating func start(_ block: JSONValue, _ index: Int) -> [LanguageModelEvent] {
        switch block["type"]?.string {
        case "text":
            blocks[index] = Block(kind: .text)
            return append(block["text"], index, LanguageModelEvent.text)
        case "thinking":
            let signature = block["signature"]?.string.flatMap { $0.isEmpty ? nil : $0 }
            blocks[index] = Block(kind: .thinking, signature: signature)
            return append(block["thinking"], index, LanguageModelEvent.reasoning)
        case "redacted_thinking":
            blocks[index] = Block(kind: .thinking, redactedData: block["data"]?.string)
            return []
        case "tool_use":
            let call = (
                id: block["id"]?.string ?? "call_\(toolUses)", name: block["name"]?.string ?? "", number: toolUses
            )
            toolUses += 1
            blocks[index] = Block(kind: .toolUse, call: call, input: block["input"])
            let begun = LanguageModelEvent.toolCall(index: call.number, id: call.id, name: call.name)
            // Streams begin with an empty object, and the real one follows in fragments.
            guard let input = block["input"], input.object?.isEmpty == false else { return [begun] }
            return [begun, .toolCallArguments(index: call.number, fragment: input.canonicalText)]
        default: return []
        }
    }

    private mutating func extend(_ delta: JSONValue, _ index: Int) -> [LanguageModelEvent] {
        switch (blocks[index]?.kind, delta["type"]?.string) {
        case (.text, "text_delta"): return append(delta["text"], index, LanguageModelEvent.text)
        case (.thinking, "thinking_delta"): return append(delta["thinking"], index, LanguageModelEvent.reasoning)
        case (.thinking, "signature_delta"):
            let signature = (blocks[index]?.signature ?? "") + (delta["signature"]?.string ?? "")
            blocks[index]?.signature = signature
            return []
        case (.toolUse, "input_json_delta"):
            let number = blocks[index]?.call.number ?? 0
            return append(delta["partial_json"], index) { .toolCallArguments(index: number, fragment: $0) }
        default: return []
        }
    }

    private mutating func append(
        _ value: JSONValue?, _ index: Int, _ event: (String) -> LanguageModelEvent
    ) -> [LanguageModelEvent] {
        guard let more = value?.string, !more.isEmpty else { return [] }
        blocks[index]?.text += more
        return [event(more)]
    }
}

extension AnthropicMessagesAnswer {
    func response(to request: LanguageModelRequest) -> LanguageModelResponse {
        let message = AssistantMessage(parts: blocks.sorted { $0.key < $1.key }.compactMap { Self.part($0.value) })
        let read = usage["cache_read_input_tokens"]?.integer
        let written = usage["cache_creation_input_tokens"]?.integer
        // The protocol counts what a cache was used for apart.
        let input = usage["input_tokens"]?.integer.flatMap { TokenSum.of([$0, read ?? 0, written ?? 0]) }
        return LanguageModelResponse(
            id: id, model: model, message: message, stopReason: reason,
            usage: TokenUsage(
                inputTokens: input, cachedInputTokens: read, cacheCreationInputTokens: written,
                outputTokens: usage["output_tokens"]?.integer,
                reasoningTokens: usage["output_tokens_details"]?["thinking_tokens"]?.integer, of: request, message))
    }

    private static func part(_ block: Block) -> AssistantMessage.Part? {
        switch block.kind {
        case .text: block.text.isEmpty ? nil : .text(block.text)
        case .thinking:
            .reasoning(
                Reasoning(text: block.text, signature: block.signature, redactedData: block.redactedData))
        case .toolUse:
            .toolCall(
                ToolCall(
                    id: block.call.id, name: block.call.name,
                    arguments: block.text.isEmpty ? block.input?.canonicalText ?? "" : block.text))
        }
    }

    private var reason: StopReason {
        switch stopReason {
        case "end_turn": .stop
        case "stop_sequence": .stopSequence
        case "max_tokens", "model_context_window_exceeded": .length
        case "tool_use": .toolCalls
        case "refusal": .refusal
        case let reason: .other(reason ?? "")
        }
    }
}
