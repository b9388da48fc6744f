package import Base

/// One time that a milestone of a build was begun.
package struct MilestoneRecord: Sendable, Hashable {
    /// How it ended, so far.
    package enum State: String, Sendable, Hashable {
        /// It runs, or its process was killed.
        case running
        case passed, failed
    }

    /// Counts up.
    package let attempt: Int64
    /// The milestone's name.
    package let milestone: String
    /// What was to be done, and with what: another one is another task.
    package let fingerprint: String
    /// When: `2026-11-22T10:15:30Z`.
    package let began: String
    package let ended: String?
    /// How long it worked, as far as was written down.
    package let seconds: Double
    package let state: State
    /// What it found.
    package let report: JSONValue
}
