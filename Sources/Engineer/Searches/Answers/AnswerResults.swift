package import AutoML
internal import Base

/// What a search found out about written answers.
package struct AnswerResults: Sendable, Hashable, Codable {
    /// Other words about the task, which a model wrote.
    package struct Rewriting: Sendable, Hashable, Codable {
        /// The words.
        package var instruction: String
        /// What they change on the search's questions, paired.
        package var difference: SearchResults.Estimate
        /// Whether they were taken over: only where they are better beyond doubt.
        package var isAccepted: Bool
    }

    /// Who judged, where a judge decides.
    package struct Judging: Sendable, Hashable, Codable {
        /// The judge.
        package var name: String
        /// The version of its prompt.
        package var prompt: String
        /// Whether it was compared with people, with this prompt.
        package var isAudited: Bool
        /// By what, or why not.
        package var words = ""
        /// Whether it judged answers that it wrote itself.
        package var judgesItself: Bool
        /// The share of the questions on whose answer it gave no verdict, of each kind: they count 0.
        package var quotesFailureRate: Double?
        package var writtenFailureRate: Double?
    }

    /// The models that were tried.
    package var models: [String]
    /// Models that could not be had, with the reason.
    package var missing: [String: String]
    /// Whether retrieval and writing were searched together.
    package var isJoint: Bool
    package var objective: Objective
    /// How many questions each way of answering was measured on, and how many were held out.
    package var questions: Int
    package var heldOut: Int
    /// Of the questions, those that the documents do not answer.
    package var unanswerable: Int
    package var trials: [SearchResults.TrialResult]
    /// The trial that did best on the search's questions.
    package var best: Int
    /// Who judged; nil where words decide.
    package var judging: Judging?
    /// How many seconds the budget of time had left, where that is less than `generation: minutes`.
    package var secondsLeft: Double?
    /// Rewritings of the instruction, where a model did best.
    package var rewritings: [Rewriting] = []
    /// What its number is worth.
    package var kind: SearchResults.EstimateKind
    /// Answers made of quotes, on the questions of the result.
    package var quotes: SearchResults.Estimate
    /// The trial in which a model wrote best; nil where none could.
    package var writer: Int?
    /// The best way of writing, on the same questions; nil where no model could write.
    package var written: SearchResults.Estimate?
    /// Written minus quotes, paired by question.
    package var difference: SearchResults.Estimate?
    /// All metrics of both.
    package var quotesMetrics: [String: Double]
    package var writtenMetrics: [String: Double]
    /// What is served: retrieval and writing. Written answers only where they are better beyond doubt.
    package var chosen: Configuration

    /// Whether what is served is written by a model.
    package var writes: Bool { chosen["generator"].map { $0.string != "quotes" } ?? false }
}
