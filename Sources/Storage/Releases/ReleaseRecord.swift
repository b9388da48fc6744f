package import Base

/// A release that was made.
package struct ReleaseRecord: Sendable, Hashable {
    /// Its number: 1, 2, ….
    package let number: Int
    /// The hash of its manifest, which holds those of all its files.
    package let hash: ContentHash
    /// When: `2026-11-22T10:15:30Z`.
    package let created: String

    /// A record.
    package init(number: Int, hash: ContentHash, created: String) {
        self.number = number
        self.hash = hash
        self.created = created
    }
}

/// How much of the traffic a release gets.
package enum ReleaseStage: String, Sendable, Hashable, CaseIterable {
    /// A copy of the requests; what it says is thrown away.
    case shadow
    /// One request of ten.
    case canary
    /// All of them.
    case full
}

/// A step in the life of releases: somebody asked for it, and it was done or refused.
package struct PromotionRecord: Sendable, Hashable {
    /// What was asked for.
    package enum Action: String, Sendable, Hashable {
        case promote, rollback
        /// The service itself went back, because the release failed.
        case automaticRollback = "automatic rollback"
    }

    /// Counts up; 0 before it is kept.
    package var id: Int64
    package var action: Action
    /// The release that was to be served, or is served again.
    package var release: Int
    /// The release that was served before; nil where there was none.
    package var incumbent: Int?
    package var stage: ReleaseStage
    /// What the gate found: `first`, `not worse`, `worse`, `undetermined`; nil where none was asked.
    package var verdict: String?
    /// Whether it was done.
    package var isAccepted: Bool
    /// Why, where a person decided.
    package var decision: String?
    /// Who asked for it.
    package var who: String
    /// When.
    package var at: String
    /// All that the gate found.
    package var report: JSONValue

    /// A step.
    package init(
        id: Int64 = 0, action: Action, release: Int, incumbent: Int?, stage: ReleaseStage, verdict: String?,
        isAccepted: Bool, decision: String?, who: String, at: String, report: JSONValue
    ) {
        self.id = id
        self.action = action
        self.release = release
        self.incumbent = incumbent
        self.stage = stage
        self.verdict = verdict
        self.isAccepted = isAccepted
        self.decision = decision
        self.who = who
        self.at = at
        self.report = report
    }
}

/// Which releases answer.
package struct LiveReleases: Sendable, Hashable {
    /// The one that answers; nil where none was promoted.
    package var live: Int?
    /// The one before it, to which a rollback goes back.
    package var previous: Int?
    /// The one that is being tried beside it.
    package var candidate: Int?
    /// How; nil without a candidate.
    package var stage: ReleaseStage?

    /// Some releases; none without any.
    package init(live: Int? = nil, previous: Int? = nil, candidate: Int? = nil, stage: ReleaseStage? = nil) {
        self.live = live
        self.previous = previous
        self.candidate = candidate
        self.stage = stage
    }
}
