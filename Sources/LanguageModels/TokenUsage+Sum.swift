extension TokenUsage {
    /// What two calls used together; a guess where one of them is. Of parts that only one call knows, its number.
    package static func + (left: TokenUsage, right: TokenUsage) -> TokenUsage {
        TokenUsage(
            inputTokens: sum(left.inputTokens, right.inputTokens),
            cachedInputTokens: sum(left.cachedInputTokens, right.cachedInputTokens),
            cacheCreationInputTokens: sum(left.cacheCreationInputTokens, right.cacheCreationInputTokens),
            outputTokens: sum(left.outputTokens, right.outputTokens),
            reasoningTokens: sum(left.reasoningTokens, right.reasoningTokens),
            isEstimated: left.isEstimated || right.isEstimated)
    }

    /// Servers may claim any number; the sum ends at the greatest.
    private static func sum(_ left: Int, _ right: Int) -> Int {
        let (sum, overflows) = left.addingReportingOverflow(right)
        return overflows ? .max : sum
    }

    private static func sum(_ left: Int?, _ right: Int?) -> Int? {
        guard left != nil || right != nil else { return nil }
        return sum(left ?? 0, right ?? 0)
    }
}
