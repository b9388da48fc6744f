package import LanguageModels

/// What a judge said of one answer by one criterion. A judge that failed has said nothing, and the item is kept.
package struct JudgeVerdict: Sendable, Hashable {
    /// The item's id.
    package var id: String
    /// What was judged.
    package var criterion: JudgeCriterion
    /// From 0 to 1; nil where the judge failed.
    package var score: Double?
    /// The word of the scale; nil where the judge failed, or was not asked.
    package var label: String?
    /// Why, in the judge's words.
    package var reason: String?
    /// Why there is no verdict, as a sentence.
    package var failure: String?
    /// What all attempts together used.
    package var usage: TokenUsage
    /// Whether passages were cut short to fit.
    package var isCut: Bool

    /// A verdict.
    package init(
        id: String, criterion: JudgeCriterion, score: Double? = nil, label: String? = nil, reason: String? = nil,
        failure: String? = nil, usage: TokenUsage = TokenUsage(inputTokens: 0, outputTokens: 0), isCut: Bool = false
    ) {
        self.id = id
        self.criterion = criterion
        self.score = score
        self.label = label
        self.reason = reason
        self.failure = failure
        self.usage = usage
        self.isCut = isCut
    }
}
