package import LanguageModels

/// How much a model can read, and from where on older messages are replaced by a summary.
package struct ContextWindow: Sendable, Hashable {
    /// What is taken where nobody says how long it is.
    package static let usualTokens = 32_768

    /// Tokens that the model reads and writes in one answer.
    package var tokens: Int
    /// Tokens of its longest answer.
    package var answerTokens: Int

    package init(tokens: Int = ContextWindow.usualTokens, answerTokens: Int = 8_192) {
        self.tokens = max(256, tokens)
        self.answerTokens = max(1, answerTokens)
    }

    /// What is left for the conversation: the answer gets its room, though never more than a quarter.
    package var effectiveTokens: Int { tokens - min(answerTokens, tokens / 4) }

    /// Above so many tokens, a conversation is compacted.
    package var threshold: Int { effectiveTokens * 4 / 5 }

    /// So many tokens of the last messages stay as they are.
    package var tailTokens: Int { effectiveTokens / 4 }
}

extension AgentState {
    /// The tokens of the next request: what the server counted of the last one, and an estimate of what came since; or an
    /// estimate of all, where that is more or nothing was counted.
    package func estimatedTokens(_ request: LanguageModelRequest) -> Int {
        guard lastInputTokens > 0, countedMessages <= messages.count else {
            return TokenEstimate.inputTokens(of: request)
        }
        let since = LanguageModelRequest(messages: Array(messages[countedMessages...]))
        return lastInputTokens + TokenEstimate.inputTokens(of: since)
    }
}
