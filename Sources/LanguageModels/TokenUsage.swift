/// How many tokens a model read and wrote.
package struct TokenUsage: Sendable, Hashable {
    /// All that was read, from a cache or not.
    package var inputTokens: Int
    /// How many of them came from a cache; nil where the server does not say.
    package var cachedInputTokens: Int?
    /// How many of them were put into a cache, which some servers charge more for; nil where the server does not say.
    package var cacheCreationInputTokens: Int?
    /// All that was written, thoughts and calls of tools included.
    package var outputTokens: Int
    /// How many of them were thoughts; nil where the server does not say.
    package var reasoningTokens: Int?
    /// Whether the number of tokens read or written is a guess, because the server did not count them.
    package var isEstimated: Bool

    /// What was used.
    package init(
        inputTokens: Int, cachedInputTokens: Int? = nil, cacheCreationInputTokens: Int? = nil, outputTokens: Int,
        reasoningTokens: Int? = nil, isEstimated: Bool = false
    ) {
        self.inputTokens = inputTokens
        self.cachedInputTokens = cachedInputTokens
        self.cacheCreationInputTokens = cacheCreationInputTokens
        self.outputTokens = outputTokens
        self.reasoningTokens = reasoningTokens
        self.isEstimated = isEstimated
    }
}
