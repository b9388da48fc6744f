internal import Base
internal import LanguageModels

/// Puts an answer together from a chat completion, or from its chunks: a whole message is read like one great chunk, so
/// both give the same.
///
/// Source: openai-openapi v2.3.0, `CreateChatCompletionResponse` and `CreateChatCompletionStreamResponse`. Thoughts come
/// as `reasoning_content` (DeepSeek, SGLang, llama-server, older vLLM) or `reasoning` (vLLM, Ollama, OpenRouter).
struct ChatCompletionsAnswer: AnswerAssembly {
    private var id: String?
    private var model: String?
    private var reasoning = ""
    private var text = ""
    private var refusal = ""
    private var calls = PartialToolCalls()
    private var finishReason: String?
    private var usage: JSONValue?
    private var hasChoice = false

    private(set) var isComplete = false
    var mayEnd: Bool { finishReason != nil }

    mutating func add(whole reply: JSONValue) throws(AnswerProblem) -> [LanguageModelEvent] {
        let events = try add(reply, part: "message")
        guard hasChoice else { throw .form("answered with JSON that is no chat completion.") }
        isComplete = true
        return events
    }

    mutating func add(_ event: ServerSentEvent) throws(AnswerProblem) -> [LanguageModelEvent] {
        if event.data == "[DONE]" {
            guard hasChoice else { throw .form("ended its answer before it had begun.") }
            isComplete = true
            return []
        }
        guard let chunk = try? JSONValue(parsing: event.data), chunk.object != nil else {
            throw .form("sent an event that is no JSON object: \(event.data)")
        }
        if event.event == "error", chunk["error"] == nil { throw .said(chunk) }
        return try add(chunk, part: "delta")
    }

    private mutating func add(_ value: JSONValue, part: String) throws(AnswerProblem) -> [LanguageModelEvent] {
        if let error = value["error"], error != .null { throw .said(error) }
        id = id ?? value["id"]?.string
        model = model ?? value["model"]?.string
        if let usage = value["usage"], usage != .null { self.usage = usage }
        // More than one answer is never asked for.
        guard let choice = value["choices"]?.array?.first(where: { ($0["index"]?.integer ?? 0) == 0 }) else {
            return []
        }
        hasChoice = true
        if let reason = choice["finish_reason"]?.string { finishReason = reason }
        return choice[part].map { add($0) } ?? []
    }

    private mutating func add(_ part: JSONValue) -> [LanguageModelEvent] {
        var events = add(
            reasoning: Self.words(part["reasoning_content"]) ?? Self.words(part["reasoning"]),
            text: Self.words(part["content"]), refusal: Self.words(part["refusal"]))
        for fragment in part["tool_calls"]?.array ?? [] {
            let arguments = fragment["function"]?["arguments"]
            events += calls.add(
                index: fragment["index"]?.integer, id: fragment["id"]?.string,
                name: fragment["function"]?["name"]?.string,
                // Some servers send the object itself.
                arguments: arguments?.string ?? arguments?.object.map { JSONValue.object($0).canonicalText })
        }
        return events
    }

    private mutating func add(reasoning: String?, text: String?, refusal: String?) -> [LanguageModelEvent] {
        self.reasoning += reasoning ?? ""
        self.text += text ?? ""
        self.refusal += refusal ?? ""
        return [
            reasoning.map(LanguageModelEvent.reasoning), text.map(LanguageModelEvent.text),
            refusal.map(LanguageModelEvent.refusal),
        ].compactMap { $0 }
    }

    /// A text, or the texts of a list of parts; nil where there are none.
    private static func words(_ value: JSONValue?) -> String? {
        let text = value?.string ?? value?.array?.compactMap { $0["text"]?.string }.joined() ?? ""
        return text.isEmpty ? nil : text
    }

    func response(to request: LanguageModelRequest) -> LanguageModelResponse {
        var parts: [AssistantMessage.Part] = []
        if !reasoning.isEmpty { parts.append(.reasoning(Reasoning(text: reasoning))) }
        if !text.isEmpty { parts.append(.text(text)) }
        if !refusal.isEmpty { parts.append(.refusal(refusal)) }
        parts += calls.calls.map { .toolCall($0) }
        let message = AssistantMessage(parts: parts)
        return LanguageModelResponse(
            id: id, model: model, message: message, stopReason: stopReason,
            usage: TokenUsage(
                inputTokens: usage?["prompt_tokens"]?.integer,
                cachedInputTokens: usage?["prompt_tokens_details"]?["cached_tokens"]?.integer,
                cacheCreationInputTokens: usage?["prompt_tokens_details"]?["cache_write_tokens"]?.integer,
                outputTokens: usage?["completion_tokens"]?.integer,
                reasoningTokens: usage?["completion_tokens_details"]?["reasoning_tokens"]?.integer,
                of: request, message))
    }

    private var stopReason: StopReason {
        switch finishReason {
        // Some servers say `stop` also where tools are to be called.
        case "stop" where !calls.calls.isEmpty: .toolCalls
        case "stop" where !refusal.isEmpty: .refusal
        case "stop": .stop
        case "length": .length
        case "tool_calls", "function_call": .toolCalls
        case "content_filter": .contentFilter
        case let reason: .other(reason ?? "")
        }
    }
}
