package import Base
package import LanguageModels

/// What a model costs, in dollars a million tokens.
package struct ModelPrice: Sendable, Hashable {
    /// What is read.
    package var input: Double
    /// What is read from the server's cache; nil where that costs the same.
    package var cachedInput: Double?
    /// What is put into the server's cache; nil where that costs the same as reading.
    package var cacheCreation: Double?
    /// What is written, thoughts included.
    package var output: Double
    /// Who says so: an address, or the name of a file.
    package var source: String
    /// When it was so: `2026-11-21`; nil where that is not known.
    package var date: String?

    /// A price.
    package init(
        input: Double, cachedInput: Double? = nil, cacheCreation: Double? = nil, output: Double, source: String,
        date: String? = nil
    ) {
        self.input = input
        self.cachedInput = cachedInput
        self.cacheCreation = cacheCreation
        self.output = output
        self.source = source
        self.date = date
    }

    /// The price of what runs on this machine.
    package static let local = ModelPrice(input: 0, output: 0, source: "local")

    /// What a call costs. What a server claims never makes it less than nothing.
    package func dollars(for usage: TokenUsage) -> Double {
        let cached = min(max(0, usage.cachedInputTokens ?? 0), max(0, usage.inputTokens))
        let created = min(max(0, usage.cacheCreationInputTokens ?? 0), max(0, usage.inputTokens) - cached)
        let plain = max(0, usage.inputTokens) - cached - created
        return
            (Double(plain) * input + Double(cached) * (cachedInput ?? input)
            + Double(created) * (cacheCreation ?? input) + Double(max(0, usage.outputTokens)) * output) / 1e6
    }

    /// The most that so many tokens may cost, whatever the server keeps in its cache.
    func mostDollars(input inputTokens: Int, output outputTokens: Int) -> Double {
        let dearest = max(input, cachedInput ?? 0, cacheCreation ?? 0)
        return (Double(inputTokens) * dearest + Double(outputTokens) * output) / 1e6
    }

    /// How the ledger keeps it beside each call.
    package var json: JSONValue {
        var fields: [String: JSONValue] = [
            "input": .number(input), "output": .number(output), "source": .string(source),
        ]
        fields["cached_input"] = cachedInput.map { .number($0) }
        fields["cache_creation"] = cacheCreation.map { .number($0) }
        fields["date"] = date.map { .string($0) }
        return .object(fields)
    }
}
