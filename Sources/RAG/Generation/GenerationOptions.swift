/// How an answer is written by a model.
package struct GenerationOptions: Sendable, Hashable {
    /// What the model is asked to write.
    package var template: PromptTemplate
    /// Words that take the place of the usual ones about the task; nil for those.
    package var instruction: String?
    /// Whether the answer names the numbers of the passages that it stands on.
    package var cites: Bool
    /// How many of the best passages the model reads.
    package var passages: Int
    /// In which order.
    package var order: PassageOrder
    /// The longest reply, in tokens.
    package var maxOutputTokens: Int
    /// How far the model may stray from the most probable words.
    package var temperature: Double
    /// Below this strength of evidence the model is not asked, and there is no answer; 0 asks it always. 1 is the strength
    /// that answers made of quotes need.
    package var abstention: Double
    /// Whether a question that follows others is put into words of its own before it is searched with.
    package var rewritesFollowUps = true

    /// Options.
    package init(
        template: PromptTemplate = .direct, instruction: String? = nil, cites: Bool = true, passages: Int = 5,
        order: PassageOrder = .bestFirst, maxOutputTokens: Int = 256, temperature: Double = 0, abstention: Double = 1
    ) {
        self.template = template
        self.instruction = instruction
        self.cites = cites
        self.passages = passages
        self.order = order
        self.maxOutputTokens = maxOutputTokens
        self.temperature = temperature
        self.abstention = abstention
    }
}
