package import AutoML
package import Base

/// All that a finished search found out: the content of `results.json`, from which the reports are made.
package struct SearchResults: Sendable, Hashable, Codable {
    /// A mean with its 95 % interval (over questions, or clusters of them).
    package struct Estimate: Sendable, Hashable, Codable {
        package var value: Double
        package var lower: Double
        package var upper: Double

        package init(value: Double, lower: Double, upper: Double) {
            self.value = value
            self.lower = lower
            self.upper = upper
        }

        /// Of something minus itself.
        package static let none = Estimate(value: 0, lower: 0, upper: 0)
    }

    /// One configuration that was tried.
    package struct TrialResult: Sendable, Hashable, Codable {
        package var number: Int
        package var origin: String
        package var state: Trial.State
        package var configuration: Configuration
        /// The objective on the search questions; nil for a failed trial.
        package var score: Estimate?
        /// The mean of every metric on the search questions.
        package var metrics: [String: Double]
        /// How many questions could not be measured.
        package var failures: Int
        /// After how many questions the race stopped it; nil of others.
        package var measuredQuestions: Int?
        /// Dollars for a thousand questions when it is served and nothing is cached; nil where no model of the project
        /// has a price, or one that this configuration asks has none.
        package var costPer1000: Estimate?

        package init(
            number: Int, origin: String, state: Trial.State, configuration: Configuration, score: Estimate?,
            metrics: [String: Double], failures: Int, measuredQuestions: Int? = nil
        ) {
            self.number = number
            self.origin = origin
            self.state = state
            self.configuration = configuration
            self.score = score
            self.metrics = metrics
            self.failures = failures
            self.measuredQuestions = measuredQuestions
        }
    }

    /// How the winner's score was found.
    package enum EstimateKind: String, Sendable, Codable {
        /// On questions that the search never saw.
        case heldOut = "held-out"
        /// On the questions of the search, with the selection run again and again on some and scored on the others.
        case crossFitted = "cross-fitted"
        /// On the very questions that chose the winner: too high on average, and said so.
        case search
    }

    /// The number to trust: winner against default on the same questions.
    package struct Verdict: Sendable, Hashable, Codable {
        package var kind: EstimateKind
        package var questions: Int
        package var winner: Estimate
        package var baseline: Estimate
        /// Winner minus default, paired by question.
        package var difference: Estimate
        /// What the winner scored on the questions that chose it.
        package var searchScore: Double
        /// Every metric of the winner on these questions.
        package var metrics: [String: Double]

        package init(
            kind: EstimateKind, questions: Int, winner: Estimate, baseline: Estimate, difference: Estimate,
            searchScore: Double, metrics: [String: Double]
        ) {
            self.kind = kind
            self.questions = questions
            self.winner = winner
            self.baseline = baseline
            self.difference = difference
            self.searchScore = searchScore
            self.metrics = metrics
        }
    }

    /// The winner on the questions of one type.
    package struct Slice: Sendable, Hashable, Codable {
        package var type: String
        package var questions: Int
        package var winner: Double
        package var baseline: Double

        package init(type: String, questions: Int, winner: Double, baseline: Double) {
            self.type = type
            self.questions = questions
            self.winner = winner
            self.baseline = baseline
        }
    }

    /// The winner on one question.
    package struct QuestionResult: Sendable, Hashable, Codable {
        package var id: String
        package var question: String
        package var type: String?
        package var heldOut: Bool
        package var score: Double
        package var baseline: Double
        /// The documents of its evidence.
        package var expected: [String]
        /// The first documents that were found.
        package var found: [String]
        package var failure: String?

        package init(
            id: String, question: String, type: String?, heldOut: Bool, score: Double, baseline: Double,
            expected: [String], found: [String], failure: String?
        ) {
            self.id = id
            self.question = question
            self.type = type
            self.heldOut = heldOut
            self.score = score
            self.baseline = baseline
            self.expected = expected
            self.found = found
            self.failure = failure
        }
    }

    /// What was searched over.
    package struct Corpus: Sendable, Hashable, Codable {
        package var documents: Int
        package var bytes: Int
        package var questions: Int
        package var unanswerable: Int
        /// How many evidence quotes were found in their documents, and how many there are.
        package var resolvedQuotes: Int
        package var quotes: Int

        package init(
            documents: Int, bytes: Int, questions: Int, unanswerable: Int, resolvedQuotes: Int, quotes: Int
        ) {
            self.documents = documents
            self.bytes = bytes
            self.questions = questions
            self.unanswerable = unanswerable
            self.resolvedQuotes = resolvedQuotes
            self.quotes = quotes
        }
    }

    package var format = "neo.results/1"
    package var project: String
    package var study: String
    package var seed: UInt64
    package var objective: Objective
    package var sampler: String
    package var corpus: Corpus
    /// How many questions the search saw.
    package var searchQuestions: Int
    package var trials: [TrialResult]
    /// The numbers of the winning and the default trial.
    package var winner: Int
    package var baseline: Int
    package var verdict: Verdict
    /// What random and greedy search found with as many trials; nil where they did not run.
    package var baselines: [BaselineResult]?
    /// Systems that are not Neo's, on the same questions; nil where the project names none.
    package var externals: [ExternalResult]?
    /// Which trials are worse than others; nil where nothing can be said.
    package var inference: Inference?
    /// Which parameters make the difference; nil where the trials are too few or all alike.
    package var importance: Importance?
    package var slices: [Slice]
    package var questions: [QuestionResult]
    /// Where the winner loses evidence; nil where the objective is none of evidence, and in older results.
    package var causes: Causes?
    package var diagnostics: [Diagnostic]
    /// Seconds by phase and stage, cache hits, and the like: all that depends on the clock.
    package var timings: [String: JSONValue]
    /// Dollars a million tokens, by served model; nil where no price is known.
    package var prices: [String: Double]?
    /// What was found out about written answers; nil where no model may write.
    package var answers: AnswerResults?
    /// Why answers were not searched, or not to the end: a sentence; nil where they were, or no model may write.
    package var answersOmitted: String?
    /// What the constraints say; nil where the project has none.
    package var decision: Decision?
    /// Whether people had agreed to what the search stands on; nil where the project has no such documents.
    package var approvals: ApprovalStatement?
    /// What the search began with from other projects; nil where it was nothing.
    package var start: SearchStart?

    package init(
        project: String, study: String, seed: UInt64, objective: Objective, sampler: String, corpus: Corpus,
        searchQuestions: Int, trials: [TrialResult], winner: Int, baseline: Int, verdict: Verdict, slices: [Slice],
        questions: [QuestionResult], diagnostics: [Diagnostic], timings: [String: JSONValue]
    ) {
        self.project = project
        self.study = study
        self.seed = seed
        self.objective = objective
        self.sampler = sampler
        self.corpus = corpus
        self.searchQuestions = searchQuestions
        self.trials = trials
        self.winner = winner
        self.baseline = baseline
        self.verdict = verdict
        self.slices = slices
        self.questions = questions
        self.diagnostics = diagnostics
        self.timings = timings
    }
}
