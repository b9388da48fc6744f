internal import LanguageModels

extension TokenUsage {
    /// What a server counted; where it did not, an estimate that is marked as one. A hostile count is never negative.
    init(
        inputTokens: Int?, cachedInputTokens: Int?, cacheCreationInputTokens: Int?, outputTokens: Int?,
        reasoningTokens: Int?, of request: LanguageModelRequest, _ message: AssistantMessage
    ) {
        self.init(
            inputTokens: inputTokens.map { max(0, $0) } ?? TokenEstimate.inputTokens(of: request),
            cachedInputTokens: cachedInputTokens.map { max(0, $0) },
            cacheCreationInputTokens: cacheCreationInputTokens.map { max(0, $0) },
            outputTokens: outputTokens.map { max(0, $0) } ?? TokenEstimate.outputTokens(of: message),
            reasoningTokens: reasoningTokens.map { max(0, $0) },
            isEstimated: inputTokens == nil || outputTokens == nil)
    }
}
