/// What a sampler is told of the trials so far.
///
/// A trial that was measured in full is told as its mean; one that was stopped as the mean of the best complete trial
/// plus the paired difference on the items that both were measured on. A mean over a part of the items would compare
/// easy items with hard ones.
package struct ToldTrials {
    private let objective: Objective
    /// By number.
    private var results: [TrialResult] = []
    /// What is told of each; nil where it failed, or there is nothing to compare it with.
    package private(set) var values: [Double?] = []
    /// The best complete trial; of equal ones the earliest.
    package private(set) var incumbent: TrialResult?
    /// What the incumbent has on each item.
    private var incumbentValues: [String: Double] = [:]

    /// No trial yet.
    package init(objective: Objective) {
        self.objective = objective
    }

    /// How many trials there are.
    package var count: Int { results.count }

    /// Adds the next trial.
    package mutating func append(_ result: TrialResult) {
        results.append(result)
        values.append(value(of: result))
        guard result.isUsable, let value = result.value else { return }
        if let known = incumbent?.value, !objective.isBetter(value, than: known) { return }
        incumbent = result
        incumbentValues = result.measurementsByItem.mapValues(objective.value)
        // Those that were stopped are compared with another trial now.
        values = results.map { self.value(of: $0) }
    }

    private func value(of result: TrialResult) -> Double? {
        if let value = result.value { return value }
        guard result.trial.state == .stopped, let best = incumbent?.value else { return nil }
        let differences = result.measurements.compactMap { measurement in
            incumbentValues[measurement.item].map { objective.value(of: measurement) - $0 }
        }
        guard !differences.isEmpty else { return nil }
        return best + differences.reduce(0, +) / Double(differences.count)
    }
}
