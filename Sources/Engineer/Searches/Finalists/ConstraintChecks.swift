internal import AutoML
internal import Statistics

/// What measurements say of constraints.
struct ConstraintChecks {
    /// Below so many questions, or groups of them, a test is too sure of itself to decide anything.
    static let fewestQuestions = 10

    let constraints: [Constraint]
    /// The group of each question.
    let groups: @Sendable ([String]) -> [String]?

    /// The constraints on metrics.
    func metrics(_ measurements: [Measurement]) -> [(constraint: Constraint, evidence: ConstraintEvidence)] {
        constraints.compactMap { constraint in
            guard case .metric(let name) = constraint.quantity else { return nil }
            let values = measurements.map { measurement in
                measurement.metrics[name].flatMap { $0.isFinite ? $0 : nil } ?? 0
            }
            guard !values.isEmpty else { return (constraint, .tested(nil, LimitTest(below: 1, above: 1))) }
            let groups = groups(measurements.map(\.item))
            let test =
                groups.map { Set($0).count } ?? values.count >= Self.fewestQuestions
                ? try? meanTest(values, groups: groups, limit: constraint.limit) : nil
            let mean = values.reduce(0, +) / Double(values.count)
            return (constraint, .tested(mean, test ?? LimitTest(below: 1, above: 1)))
        }
    }

    /// The constraint on the size of the indexes.
    func size(_ bytes: Int) -> [(constraint: Constraint, evidence: ConstraintEvidence)] {
        constraints.filter { $0.quantity == .indexSize }.map { ($0, .exact(Double(bytes))) }
    }

    /// The constraints on latency; a request that failed counts as slower than any limit.
    func latency(
        _ samples: InterleavedLatency.Samples
    ) -> [(constraint: Constraint, evidence: ConstraintEvidence)] {
        constraints.compactMap { constraint in
            guard case .latency(let percentile) = constraint.quantity else { return nil }
            let probability = Double(percentile) / 100
            let test = try? quantileTest(samples.all, probability: probability, limit: constraint.limit)
            return (
                constraint,
                .tested(samples.interval(probability)?.estimate, test ?? LimitTest(below: 1, above: 1))
            )
        }
    }
}
