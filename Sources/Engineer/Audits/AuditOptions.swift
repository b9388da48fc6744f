/// How an audit is made.
package struct AuditOptions: Sendable, Hashable {
    /// What attacks are drawn from.
    package var seed: UInt64
    /// How many attacks of each family.
    package var probes: Int
    /// How many harmless questions are asked at most.
    package var questions: Int

    /// Options. Of twelve attacks that all fail one learns that under 21 % succeed; 298 make it 1 %.
    package init(seed: UInt64 = 1, probes: Int = 12, questions: Int = 60) {
        self.seed = seed
        self.probes = probes
        self.questions = questions
    }

    /// What may be asked for.
    package static let probeCounts = 1...5_000
}
