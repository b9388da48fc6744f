package import LanguageModels

/// What a model costs, in dollars a million tokens.
package struct ModelPrice: Sendable, Hashable {
    /// What is read.
    package var input: Double
    /// What is read out of the server's cache; as much as other input, where nil.
    package var cachedInput: Double?
    /// What is put into the server's cache; as much as other input, where nil.
    package var cacheWrite: Double?
    /// What is written.
    package var output: Double

    /// A price.
    package init(input: Double, cachedInput: Double? = nil, cacheWrite: Double? = nil, output: Double) {
        self.input = input
        self.cachedInput = cachedInput
        self.cacheWrite = cacheWrite
        self.output = output
    }

    /// What some tokens cost, in dollars.
    package func dollars(for usage: TokenUsage) -> Double {
        let cached = min(usage.cachedInputTokens ?? 0, usage.inputTokens)
        let written = min(usage.cacheCreationInputTokens ?? 0, usage.inputTokens - cached)
        let rest = usage.inputTokens - cached - written
        let read = Double(rest) * input + Double(cached) * (cachedInput ?? input)
        return (read + Double(written) * (cacheWrite ?? input) + Double(usage.outputTokens) * output) / 1e6
    }
}
