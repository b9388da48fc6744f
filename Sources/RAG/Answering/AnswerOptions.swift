/// How an answer is made of sentences, and when there is none.
///
/// The numbers were fitted on one half of the demo's questions and on a set of questions about articles of an
/// encyclopedia, and checked on the other half and on two further sets; `neo eval --answers` measures what they give on
/// one's own. They are read from cosines of sentences and from weighted words alone, neither of which depends on how
/// the passages were found.
package struct AnswerOptions: Sendable, Hashable {
    /// How many of the best passages are read.
    package var passages: Int
    /// How many places are quoted at most: a sentence each, with those that belong to it.
    package var places: Int
    /// How many sentences are encoded at most: those that are best by their words. More cost time and found no more.
    package var encodedSentences: Int
    /// With an encoder: the least mean of the best cosine and the best coverage for an answer.
    package var minimumEvidence: Double
    /// With an encoder: from this cosine on there is an answer, whatever its words.
    package var sufficientSimilarity: Double
    /// Without an encoder: the least coverage for an answer.
    package var minimumCoverage: Double
    /// By how much the score of a further sentence may lie below the best one's, in the unit of `SentenceScores`.
    package var margin: Double

    /// Options.
    package init(
        passages: Int = 5, places: Int = 3, encodedSentences: Int = 6, minimumEvidence: Double = 0.38,
        sufficientSimilarity: Double = 0.65, minimumCoverage: Double = 0.3, margin: Double = 1
    ) {
        self.passages = passages
        self.places = places
        self.encodedSentences = encodedSentences
        self.minimumEvidence = minimumEvidence
        self.sufficientSimilarity = sufficientSimilarity
        self.minimumCoverage = minimumCoverage
        self.margin = margin
    }
}
