extension Objective {
    /// What a measurement counts: the metric's value, or the worst one where it was not measured.
    public func value(of measurement: Measurement) -> Double {
        guard let value = measurement.metrics[metric], value.isFinite else { return worstValue }
        return value
    }

    /// The mean over all items, failures included; nil of nothing.
    public func mean(of measurements: [Measurement]) -> Double? {
        guard !measurements.isEmpty else { return nil }
        return measurements.reduce(0) { $0 + value(of: $1) } / Double(measurements.count)
    }

    /// Whether one value is better than another.
    public func isBetter(_ value: Double, than other: Double) -> Bool {
        score(value) > score(other)
    }

    /// The value, turned so that larger is better.
    package func score(_ value: Double) -> Double {
        direction == .maximize ? value : -value
    }

    private var worstValue: Double {
        worst ?? (direction == .maximize ? 0 : .infinity)
    }
}

extension Measurement {
    /// The measurement with what is not a number taken out and called a failure: no metric in a journal or a mean is
    /// NaN or infinite.
    func checked(for objective: Objective) -> Measurement {
        var checked = self
        let wrong = metrics.filter { !$0.value.isFinite }.keys.sorted()
        for metric in wrong {
            checked.metrics[metric] = nil
        }
        if failure == nil, let metric = wrong.first, let value = metrics[metric] {
            checked.failure = "`\(metric)` is \(value), which is no number."
        } else if failure == nil, metrics[objective.metric] == nil {
            checked.failure = "The evaluator measured no `\(objective.metric)`."
        }
        return checked
    }
}
