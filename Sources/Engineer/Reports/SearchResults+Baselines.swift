package import AutoML

extension SearchResults {
    /// The best that another way of searching found with as many trials.
    package struct BaselineResult: Sendable, Hashable, Codable {
        /// `random` or `greedy`.
        package var sampler: String
        package var trials: Int
        package var configuration: Configuration
        /// Its mean on the questions that chose it.
        package var searchScore: Double
        /// On the questions of the verdict.
        package var score: Estimate
        /// The winner minus this one, paired by question.
        package var difference: Estimate

        package init(
            sampler: String, trials: Int, configuration: Configuration, searchScore: Double, score: Estimate,
            difference: Estimate
        ) {
            self.sampler = sampler
            self.trials = trials
            self.configuration = configuration
            self.searchScore = searchScore
            self.score = score
            self.difference = difference
        }
    }
}
