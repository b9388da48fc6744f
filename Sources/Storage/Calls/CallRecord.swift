package import Base
package import LanguageModels

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// What a model was asked for.
package struct CallPurpose: Sendable, Hashable {
    /// The project's name.
    package var project: String
    /// The search that caused it, by the id of its study.
    package var search: String?
    /// The study, where the call belongs to one: the search's, or that of its baselines or answers.
    package var study: String?
    /// The trial of the study.
    package var trial: Int?
    /// What the model was there as: `generator`, `judge`, `agent`, `embedding`, `reranker`.
    package var role: String

    /// A purpose.
    package init(
        project: String, search: String? = nil, study: String? = nil, trial: Int? = nil, role: String
    ) {
        self.project = project
        self.search = search
        self.study = study
        self.trial = trial
        self.role = role
    }
}

/// How a call ended.
package enum CallOutcome: Sendable, Hashable {
    /// It is under way.
    case open
    /// It was answered.
    case ok
    /// It failed; the word says how.
    case failed(String)
    /// Nobody wanted the answer any more.
    case cancelled
    /// The process that asked ended before the answer.
    case lost
}

/// A call of a model as the ledger keeps it.
package struct CallRecord: Sendable, Hashable {
    /// What for.
    package var purpose: CallPurpose
    /// The endpoint's name or address.
    package var endpoint: String
    /// The model.
    package var model: String
    /// When it began.
    package var started: Date
    /// How it ended.
    package var outcome: CallOutcome
    /// Whether it was answered from a recording, or by an equal call at the same time.
    package var isCacheHit = false
    /// What was read and written; nil where nobody knows. Of a call that is open or lost, the most that was reckoned with.
    package var usage: TokenUsage?
    /// The price that was applied; nil where it is unknown.
    package var price: JSONValue?
    /// What it cost; nil where that is unknown.
    package var dollars: Double?
    /// How long it took.
    package var milliseconds: Double?
    /// How long until the first piece of a stream came.
    package var firstPieceMilliseconds: Double?

    /// A call that begins.
    package init(purpose: CallPurpose, endpoint: String, model: String, started: Date, outcome: CallOutcome = .open) {
        self.purpose = purpose
        self.endpoint = endpoint
        self.model = model
        self.started = started
        self.outcome = outcome
    }
}
