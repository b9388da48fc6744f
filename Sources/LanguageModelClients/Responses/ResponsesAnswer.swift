internal import Base
internal import LanguageModels

/// Puts an answer together from OpenAI's Responses, whole or streamed. Items and events of kinds that are not known, such
/// as those of tools that the server calls itself, are passed over.
///
/// Source: openai-openapi v2.3.0, `Response` and `ResponseStreamEvent`.
struct ResponsesAnswer: AnswerAssembly {
    private var items: [Int: ResponsesItem] = [:]
    private var calls = 0
    private var summary: JSONValue?

    private(set) var isComplete = false
    var mayEnd: Bool { isComplete }

    mutating func add(whole reply: JSONValue) throws(AnswerProblem) -> [LanguageModelEvent] {
        guard reply["output"]?.array != nil || reply["error"].map({ $0 != .null }) ?? false else {
            throw .form("answered with JSON that is no response.")
        }
        return try end(reply)
    }

    mutating func add(_ event: ServerSentEvent) throws(AnswerProblem) -> [LanguageModelEvent] {
        guard event.data != "[DONE]" else { throw .form("ended its answer before it was complete.") }
        guard let value = try? JSONValue(parsing: event.data), value.object != nil else {
            throw .form("sent an event that is no JSON object: \(event.data)")
        }
        let index = value["output_index"]?.integer ?? 0
        let part = value["summary_index"]?.integer ?? value["content_index"]?.integer ?? 0
        let delta = value["delta"]?.string ?? ""
        switch value["type"]?.string {
        case "response.output_item.added": return start(value["item"] ?? [:], index)
        case "response.output_item.done": return finish(value["item"] ?? [:], index)
        case "response.output_text.delta": return append(.text, delta, index, part)
        case "response.refusal.delta": return append(.refusal, delta, index, part)
        case "response.reasoning_summary_text.delta", "response.reasoning_text.delta":
            return append(.reasoning, delta, index, part)
        case "response.function_call_arguments.delta": return append(.call, delta, index, part)
        case "response.completed", "response.incomplete", "response.failed":
            return try end(value["response"] ?? [:])
        case "error": throw .said(value["error"] ?? .object((value.object ?? [:]).filter { $0.key != "type" }))
        // A server of another protocol's errors.
        case nil where value["error"].map({ $0 != .null }) ?? false: throw .said(value["error"] ?? [:])
        default: return []
        }
    }

    private mutating func start(_ item: JSONValue, _ index: Int) -> [LanguageModelEvent] {
        guard items[index] == nil, var new = ResponsesItem(item) else { return [] }
        guard new.kind == .call else {
            items[index] = new
            return []
        }
        new.number = calls
        calls += 1
        if new.callID.isEmpty { new.callID = "call_\(new.number)" }
        items[index] = new
        return [.toolCall(index: new.number, id: new.callID, name: new.name)]
    }

    private mutating func append(
        _ kind: ResponsesItem.Kind, _ text: String, _ index: Int, _ part: Int
    ) -> [LanguageModelEvent] {
        guard !text.isEmpty else { return [] }
        // A refusal comes in the place of text.
        if items[index] == nil || kind == .refusal && items[index]?.kind == .text && items[index]?.text.isEmpty == true
        {
            guard kind != .call else { return [] }
            items[index] = ResponsesItem(kind: kind)
        }
        guard let more = items[index]?.append(text, kind, part: part) else { return [] }
        switch kind {
        case .text: return [.text(more)]
        case .refusal: return [.refusal(more)]
        case .reasoning: return [.reasoning(more)]
        case .call: return [.toolCallArguments(index: items[index]?.number ?? 0, fragment: more)]
        }
    }

    /// The whole item: what did not come piece by piece comes now.
    private mutating func finish(_ item: JSONValue, _ index: Int) -> [LanguageModelEvent] {
        var events = start(item, index)
        guard let known = items[index] else { return events }
        if known.text.isEmpty {
            for (kind, text, part) in ResponsesItem.texts(of: item) { events += append(kind, text, index, part) }
        }
        if known.kind == .reasoning {
            items[index]?.id = item["id"]?.string
            items[index]?.encrypted = item["encrypted_content"]?.string
        }
        return events
    }

    private mutating func end(_ response: JSONValue) throws(AnswerProblem) -> [LanguageModelEvent] {
        if let error = response["error"], error != .null { throw .said(error) }
        if response["status"] == "failed" { throw .said("the server gives no reason") }
        summary = response
        isComplete = true
        var events: [LanguageModelEvent] = []
        for (index, item) in (response["output"]?.array ?? []).enumerated() { events += finish(item, index) }
        return events
    }

    func response(to request: LanguageModelRequest) -> LanguageModelResponse {
        let message = AssistantMessage(parts: items.sorted { $0.key < $1.key }.compactMap(\.value.part))
        let usage = summary?["usage"]
        return LanguageModelResponse(
            id: summary?["id"]?.string, model: summary?["model"]?.string, message: message,
            stopReason: stopReason(of: message),
            usage: TokenUsage(
                inputTokens: usage?["input_tokens"]?.integer,
                cachedInputTokens: usage?["input_tokens_details"]?["cached_tokens"]?.integer,
                cacheCreationInputTokens: nil, outputTokens: usage?["output_tokens"]?.integer,
                reasoningTokens: usage?["output_tokens_details"]?["reasoning_tokens"]?.integer, of: request, message))
    }

    private func stopReason(of message: AssistantMessage) -> StopReason {
        switch (summary?["status"]?.string, summary?["incomplete_details"]?["reason"]?.string) {
        case ("incomplete", "max_output_tokens"): .length
        case ("incomplete", "content_filter"): .contentFilter
        case ("incomplete", let reason): .other(reason ?? "incomplete")
        case (let status, _) where status != nil && status != "completed": .other(status ?? "")
        default: message.toolCalls.isEmpty ? message.refusal == nil ? .stop : .refusal : .toolCalls
        }
    }
}
