/// What a model read and wrote for an answer, also where the answer is that there is none.
package struct AnswerUsage: Sendable, Hashable, Codable {
    /// The model.
    package var model: String
    /// How many tokens it read.
    package var inputTokens: Int
    /// How many tokens it wrote.
    package var outputTokens: Int
    /// Whether a number is a guess, because the server did not count.
    package var isEstimated: Bool

    /// What was used.
    package init(model: String, inputTokens: Int, outputTokens: Int, isEstimated: Bool = false) {
        self.model = model
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.isEstimated = isEstimated
    }
}
