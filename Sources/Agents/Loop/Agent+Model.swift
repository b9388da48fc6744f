package import LanguageModels

extension Agent {
    /// Another model, with what is known of it.
    package struct ModelChoice: Sendable {
        package var name: String
        package var model: any LanguageModel
        package var window: ContextWindow
        /// What tokens cost, in dollars; nil where that is not known.
        package var price: @Sendable (TokenUsage) -> Double?

        package init(
            name: String, model: any LanguageModel, window: ContextWindow,
            price: @escaping @Sendable (TokenUsage) -> Double?
        ) {
            self.name = name
            self.model = model
            self.window = window
            self.price = price
        }
    }

    /// Asks another model from the next answer on; the session remembers it.
    package func use(_ choice: ModelChoice) throws {
        try record(.model(choice.name))
        ports.model = choice.model
        ports.window = choice.window
        ports.price = choice.price
        fruitlessTokens = nil
    }

    /// Whether it is known what tokens cost.
    package var knowsPrice: Bool { ports.price(TokenUsage(inputTokens: 1, outputTokens: 1)) != nil }

    /// About how many tokens the conversation has, and how many the model can read.
    package var windowUse: (used: Int, whole: Int) { (state.estimatedTokens(request), ports.window.effectiveTokens) }

    /// Notes that the agent's changes end here, where its work was stopped in the middle: what changes from now on is
    /// the user's.
    package func closeCheckpoint() async { await harness.closeOpenCheckpoint() }
}
