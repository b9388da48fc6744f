/// How an answer is made of sentences, and when there is none.
///
/// The thresholds are defaults that suit MiniLM-sized encoders on English documents. They are *not* calibrated:
/// a cosine or a coverage is no probability, and what it means changes with encoder and documents. Where golden
/// questions without an answer are known, set the thresholds from those.
package struct AnswerOptions: Sendable, Hashable {
    /// How many of the best passages are read.
    package var passages: Int
    /// How many sentences are quoted at most.
    package var quotes: Int
    /// How many sentences are encoded at most: those that share most with the question.
    package var encodedSentences: Int
    /// With an encoder: below this best cosine of question and sentence or passage there is no answer.
    package var minimumSimilarity: Double
    /// With an encoder: from this best cosine on there is an answer, whatever its words.
    package var sufficientSimilarity: Double
    /// With an encoder: below this share of the question's terms in one passage there is no answer, unless the
    /// cosine is sufficient.
    package var minimumCoverage: Double
    /// The same without an encoder, where words are all the evidence.
    package var minimumCoverageWithoutEncoder: Double
    /// What a further sentence must score, as a share of the best one's score.
    package var relativeScore: Double

    /// Options.
    package init(
        passages: Int = 5, quotes: Int = 3, encodedSentences: Int = 24, minimumSimilarity: Double = 0.3,
        sufficientSimilarity: Double = 0.55, minimumCoverage: Double = 0.5,
        minimumCoverageWithoutEncoder: Double = 0.6, relativeScore: Double = 0.7
    ) {
        self.passages = passages
        self.quotes = quotes
        self.encodedSentences = encodedSentences
        self.minimumSimilarity = minimumSimilarity
        self.sufficientSimilarity = sufficientSimilarity
        self.minimumCoverage = minimumCoverage
        self.minimumCoverageWithoutEncoder = minimumCoverageWithoutEncoder
        self.relativeScore = relativeScore
    }
}
