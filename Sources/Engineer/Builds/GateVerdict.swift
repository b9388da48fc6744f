/// What is known of a requirement when a gate asks for it.
package struct GateVerdict: Sendable, Hashable {
    package let state: RequirementVerdict.State
    /// Why: what was measured, with its interval, or why nothing was.
    package let sentence: String

    /// A verdict.
    package init(_ state: RequirementVerdict.State, _ sentence: String) {
        self.state = state
        self.sentence = sentence
    }
}

/// Tells of each requirement of a project, by its name, whether it is met by what was measured last.
package typealias GateVerdicts = @Sendable (Project) async throws -> [String: GateVerdict]
