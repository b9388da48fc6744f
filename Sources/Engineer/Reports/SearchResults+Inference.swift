package import Statistics

extension SearchResults {
    /// What the questions of the search say of the trials beside each other, as claims that hold.
    package struct Inference: Sendable, Hashable, Codable {
        /// What was found of one trial.
        package struct Finding: Sendable, Hashable, Codable {
            package var trial: Int
            package var verdict: CandidateComparison.Verdict
            /// Adjusted for the number of trials (Holm), and valid though the leader was chosen by the data.
            package var pValue: Double
            /// Leader minus this trial on the questions that both were measured on; all these intervals hold together.
            package var difference: Estimate
            /// Leader minus this trial with the interval of this one pair; only of trials that were measured on every
            /// question.
            package var paired: Estimate?
            /// How many questions would show so large a difference in four of five searches; nil where there is none.
            package var questionsToTell: Int?
        }

        /// The number of the trial that is best on all questions of the search.
        package var leader: Int
        /// The probability that any trial is wrongly called worse is at most this.
        package var error: Double
        /// Up to what difference two trials make no difference.
        package var margin: Double
        /// One a trial that was measured on some question.
        package var trials: [Finding]
    }
}
