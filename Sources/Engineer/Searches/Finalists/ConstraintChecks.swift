internal import AutoML
internal import Statistics

/// What measurements say of constraints.
struct ConstraintChecks {
    /// Below so many questions, or groups of them, a test is too sure of itself to decide anything.
    static let fewestQuestions = 10

    let constraints: [Constraint]
    /// The group of each question.
    let groups: @Sendable ([String]) -> [String]?
    /// What a configuration's questions cost; nil where that is not known.
    var cost: @Sendable (Configuration, [Measurement]) -> [Double]? = { _, _ in nil }

    /// The constraints on what is a mean over questions: metrics, and what they cost.
    func means(
        _ measurements: [Measurement], of configuration: Configuration
    ) -> [(constraint: Constraint, evidence: ConstraintEvidence)] {
        constraints.compactMap { constraint in
            var measurements = measurements
            let values: [Double]
            switch constraint.quantity {
            case .latency, .indexSize: return nil
            case .metric(let name):
                values = measurements.map { measurement in
                    measurement.metrics[name].flatMap { $0.isFinite ? $0 : nil } ?? 0
                }
            case .cost:
                measurements.removeAll { $0.failure != nil }
                values = cost(configuration, measurements) ?? []
                // Where nobody is paid there is nothing to estimate.
                if !values.isEmpty, values.allSatisfy({ $0 == 0 }) { return (constraint, .exact(0)) }
            }
            guard !values.isEmpty else { return (constraint, .tested(nil, LimitTest(below: 1, above: 1))) }
            let groups = groups(measurements.map(\.item))
            var test: LimitTest?
            if groups.map({ Set($0).count }) ?? values.count >= Self.fewestQuestions {
                test =
                    constraint.quantity == .cost
                    ? try? meanAmountTest(values, groups: groups, limit: constraint.limit)
                    : try? meanTest(values, groups: groups, limit: constraint.limit)
            }
            let mean = values.reduce(0, +) / Double(values.count)
            return (constraint, .tested(mean, test ?? LimitTest(below: 1, above: 1)))
        }
    }

    /// What a thousand questions cost on average; nil where that is not known.
    func meanCost(_ trial: AutoML.TrialResult) -> Double? {
        guard let costs = cost(trial.trial.configuration, trial.measurements), !costs.isEmpty else { return nil }
        return costs.reduce(0, +) / Double(costs.count)
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
