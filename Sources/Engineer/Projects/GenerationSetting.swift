internal import RAG

/// What `neo.yaml` says of written answers.
package struct GenerationSetting: Sendable, Hashable {
    /// A model that may write.
    package struct Model: Sendable, Hashable {
        /// A role, `ENDPOINT/MODEL` of `config.yaml`, or a model of this machine.
        package var name: String
        /// Whether the search goes on without it where it cannot be had.
        package var isOptional: Bool

        package init(_ name: String, isOptional: Bool = false) {
            self.name = name
            self.isOptional = isOptional
        }
    }

    /// The models; none for answers made of quotes alone.
    package var models: [Model] = []
    /// What is made as large as possible; nil for the first that is measured.
    package var objective: String?
    /// Who judges, where the objective is a judge's: a role, `ENDPOINT/MODEL`, or a model of this machine.
    package var judge = "judge"
    /// Whether the judge may judge answers that it writes itself.
    package var allowsOwnAnswers = false
    /// How many ways of writing are tried.
    package var trials = 8
    /// How many questions each is measured on, and how many held-out ones.
    package var questions = 40
    /// After how many minutes no new way is begun.
    package var minutes = 10.0
    /// Whether retrieval and writing are searched together.
    package var isJoint = false

    package init(models: [Model] = []) { self.models = models }

    /// Whether a judge decides.
    package var isJudged: Bool { objective == AnswerTrialEvaluator.judged }
}
