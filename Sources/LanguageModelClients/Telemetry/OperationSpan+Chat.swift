internal import Base
internal import LanguageModels
internal import Telemetry
internal import Tracing

extension OperationSpan {
    /// Tells what a model is asked.
    func describe(_ request: LanguageModelRequest, streaming: Bool) {
        set(.maxTokens, request.maxOutputTokens)
        set(.temperature, request.temperature.map { .double($0) })
        set(.topP, request.topP.map { .double($0) })
        set(.seed, request.seed)
        if !request.stopSequences.isEmpty { set(.stopSequences, .stringArray(request.stopSequences)) }
        if streaming { set(.isStream, .bool(true)) }
        set(.outputType, request.responseFormat == nil ? "text" : "json")
        guard capturesContent else { return }
        let conversation = ConversationContent(request)
        set(.systemInstructions, conversation.instructions?.canonicalText)
        set(.inputMessages, conversation.messages.canonicalText)
        set(.toolDefinitions, conversation.tools?.canonicalText)
    }

    /// Tells what it answered, and ends.
    func finish(with response: LanguageModelResponse) {
        set(.responseID, response.id)
        set(.responseModel, response.model)
        set(.finishReasons, .stringArray([response.stopReason.conventionalName]))
        let usage = response.usage
        if usage.isEstimated {
            // Metrics are of what was counted.
            set(.isUsageEstimated, .bool(true))
            set(.inputTokens, usage.inputTokens)
            set(.outputTokens, usage.outputTokens)
        } else {
            count(usage.inputTokens, .inputTokens, type: "input")
            count(usage.outputTokens, .outputTokens, type: "output")
        }
        set(.cacheReadTokens, usage.cachedInputTokens)
        set(.cacheCreationTokens, usage.cacheCreationInputTokens)
        set(.reasoningTokens, usage.reasoningTokens)
        if capturesContent {
            set(.outputMessages, ConversationContent.answer(response).canonicalText)
        }
        end()
    }
}

extension StopReason {
    /// The word of the conventions.
    var conventionalName: String {
        switch self {
        case .stop, .stopSequence: "stop"
        case .length: "length"
        case .toolCalls: "tool_call"
        case .contentFilter: "content_filter"
        case .refusal: "refusal"
        case .other(let word): word
        }
    }
}
