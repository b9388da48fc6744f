extension SearchResults {
    /// A system that is not Neo's, on the same questions.
    package struct ExternalResult: Sendable, Hashable, Codable {
        /// A question that it did not answer as it should.
        package struct Failure: Sendable, Hashable, Codable {
            package var id: String
            package var reason: String

            package init(id: String, reason: String) {
                self.id = id
                self.reason = reason
            }
        }

        /// What the user calls it.
        package var name: String
        /// How many questions it was asked, held-out ones included.
        package var questions: Int
        /// Its mean on the search's questions.
        package var searchScore: Double
        /// On the questions of the verdict.
        package var score: Estimate
        /// The winner minus this one, paired by question.
        package var difference: Estimate
        /// Every metric on the questions of the verdict.
        package var metrics: [String: Double]
        /// How many passages it gave, and how many of them stand nowhere in the documents.
        package var passages: Int
        package var unplaced: Int
        /// How many questions it answered with no passage.
        package var abstentions: Int
        /// The search's questions that failed; of held-out ones only the number is told.
        package var failures: [Failure]
        package var heldOutFailures: Int
        /// What held a program while it was asked, as a sentence; nil of a server.
        package var walls: String?

        package init(
            name: String, questions: Int, searchScore: Double, score: Estimate, difference: Estimate,
            metrics: [String: Double], passages: Int, unplaced: Int, abstentions: Int, failures: [Failure],
            heldOutFailures: Int, walls: String? = nil
        ) {
            self.name = name
            self.questions = questions
            self.searchScore = searchScore
            self.score = score
            self.difference = difference
            self.metrics = metrics
            self.passages = passages
            self.unplaced = unplaced
            self.abstentions = abstentions
            self.failures = failures
            self.heldOutFailures = heldOutFailures
            self.walls = walls
        }
    }
}
