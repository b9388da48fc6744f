internal import Statistics

/// What the project's constraints say of the configurations, and which one they leave.
package struct Decision: Sendable, Hashable, Codable {
    /// What is known at 95 %.
    package enum Outcome: String, Sendable, Codable {
        case feasible, undetermined, infeasible
    }

    /// One constraint of one configuration.
    package struct Finding: Sendable, Hashable, Codable {
        /// As it stands in `neo.yaml`.
        package var constraint: String
        /// What was measured, in milliseconds, bytes or the metric's unit; nil where nothing could be.
        package var value: Double?
        /// The same with its unit.
        package var measured: String
        package var outcome: Outcome
        /// How far the value lies beyond the limit, as a share of the limit; 0 or less where it does not.
        package var excess: Double
    }

    /// One configuration.
    package struct Candidate: Sendable, Hashable, Codable {
        package var trial: Int
        package var outcome: Outcome
        package var findings: [Finding]
    }

    /// That of the chosen configuration: only a feasible one is a winner.
    package var outcome: Outcome
    /// The trial that was chosen.
    package var chosen: Int
    /// Those that were looked at, the best by the search's quality first.
    package var candidates: [Candidate]
    /// Trials that were not measured because their predicted latency is more than three times a limit.
    package var excluded: [Int]
    /// The constraints on metrics once more, for the chosen configuration on the held-out questions.
    package var heldOut: [Finding] = []

    /// Chooses: the first feasible candidate; else the first undetermined one; else the one nearest to its limits.
    ///
    /// - Parameter candidates: the best by quality first; at least one.
    init?(_ candidates: [Candidate], excluded: [Int] = []) {
        let nearest = candidates.min { $0.excess < $1.excess }
        guard
            let chosen = candidates.first(where: { $0.outcome == .feasible })
                ?? candidates.first(where: { $0.outcome == .undetermined }) ?? nearest
        else { return nil }
        outcome = chosen.outcome
        self.chosen = chosen.trial
        self.candidates = candidates
        self.excluded = excluded
    }
}

extension Decision.Candidate {
    /// The worst of its findings' excesses.
    var excess: Double { binding?.excess ?? 0 }

    /// The finding that is furthest beyond its limit, of those that are not met.
    var binding: Decision.Finding? {
        findings.filter { $0.outcome == .infeasible }.max { $0.excess < $1.excess }
    }
}

/// What is known of a quantity.
enum ConstraintEvidence: Sendable, Hashable {
    /// The value itself.
    case exact(Double)
    /// An estimate, and what it says of the limit; nil where nothing could be measured.
    case tested(Double?, LimitTest)
}

extension Decision.Candidate {
    /// Decides the constraints of a configuration: exact quantities exactly, the others at the level `alpha`, with
    /// Holm's correction over them.
    ///
    /// Source of the correction: S. Holm (1979), as in `holmAdjusted`.
    init(trial: Int, evidence: [(constraint: Constraint, evidence: ConstraintEvidence)], alpha: Double = 0.05) {
        let tests = evidence.compactMap { _, evidence -> LimitTest? in
            if case .tested(_, let test) = evidence { test } else { nil }
        }
        var below = holmAdjusted(tests.map(\.below))[...]
        var above = holmAdjusted(tests.map(\.above))[...]
        var findings: [Decision.Finding] = []
        for (constraint, evidence) in evidence {
            let value: Double?
            let outcome: Decision.Outcome
            switch evidence {
            case .exact(let exact):
                value = exact
                outcome = constraint.excess(exact) <= 0 ? .feasible : .infeasible
            case .tested(let estimate, _):
                value = estimate
                let sides = (below: below.removeFirst(), above: above.removeFirst())
                let (met, broken) =
                    constraint.relation == .atMost ? (sides.below, sides.above) : (sides.above, sides.below)
                outcome = met <= alpha ? .feasible : broken <= alpha ? .infeasible : .undetermined
            }
            findings.append(
                Decision.Finding(
                    constraint: constraint.text, value: value, measured: value.map(constraint.words) ?? "not measured",
                    outcome: outcome, excess: value.map(constraint.excess) ?? 0))
        }
        self.init(
            trial: trial,
            outcome: findings.contains { $0.outcome == .infeasible }
                ? .infeasible : findings.contains { $0.outcome == .undetermined } ? .undetermined : .feasible,
            findings: findings)
    }
}
