/// What is known of a requirement when a gate asks for it.
package struct GateVerdict: Sendable, Hashable {
    /// Whether it is met.
    package enum State: String, Sendable, Hashable {
        case met
        case notMet = "not met"
        /// The interval has values on both sides of the threshold.
        case undetermined
        case notMeasured = "not measured"
        /// Measured before the requirement, the questions or the settings became what they are.
        case stale
    }

    package let state: State
    /// What was measured, with its interval, as a sentence's part; empty where nothing was.
    package let words: String

    /// A verdict.
    package init(_ state: State, _ words: String = "") {
        self.state = state
        self.words = words
    }
}

/// Tells of each requirement of a project, by its name, whether it is met by what was measured last.
package typealias GateVerdicts = @Sendable (Project) async throws -> [String: GateVerdict]
