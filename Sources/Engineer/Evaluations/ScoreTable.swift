package import AutoML
internal import Base
internal import Statistics

/// What was measured of one configuration, by question and metric.
package struct ScoreTable: Sendable {
    /// The objective by question, in the order of the questions. What could not be measured counts as 0.
    package let scores: [Double]
    /// The questions.
    package let items: [String]
    /// The mean of every metric that was measured on some question.
    package let means: [String: Double]
    /// How many questions could not be measured.
    package let failures: Int

    /// Reads measurements.
    package init(_ measurements: [Measurement], objective: Objective) {
        items = measurements.map(\.item)
        scores = measurements.map { $0.metrics[objective.metric].flatMap { $0.isFinite ? $0 : nil } ?? 0 }
        failures = measurements.count { $0.failure != nil }
        let names = Set(measurements.flatMap(\.metrics.keys))
        let count = Double(max(measurements.count, 1))
        means = Dictionary(
            uniqueKeysWithValues: names.map { name in
                (
                    name,
                    measurements.reduce(0) { $0 + ($1.metrics[name].flatMap { $0.isFinite ? $0 : nil } ?? 0) } / count
                )
            })
    }

    /// The mean with its 95 % interval, by percentile bootstrap over groups of questions.
    package func estimate(seed: UInt64, groups: [String]? = nil) -> SearchResults.Estimate {
        Self.estimate(scores, seed: seed, groups: groups)
    }

    /// The mean of values with its interval. One value, or one group, says nothing about how much others would
    /// differ: its interval is everything that a metric can be.
    package static func estimate(_ values: [Double], seed: UInt64, groups: [String]? = nil) -> SearchResults.Estimate {
        let generator = SplitMix64(seed: seed, stream: "bootstrap")
        guard let interval = try? bootstrapMeanInterval(values, groups: groups, using: generator) else {
            let mean = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
            return SearchResults.Estimate(value: mean, lower: values.contains { $0 < 0 } ? -1 : 0, upper: 1)
        }
        return SearchResults.Estimate(value: interval.estimate, lower: interval.lower, upper: interval.upper)
    }
}
