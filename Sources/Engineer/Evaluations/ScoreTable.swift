package import AutoML
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

    /// The mean with its 95 % interval, over groups of questions.
    package func estimate(groups: [String]? = nil) -> SearchResults.Estimate {
        Self.estimate(scores, groups: groups)
    }

    /// The mean of scores with its interval. One score, or one group, says nothing about how much others would differ: its
    /// interval is everything that a metric can be.
    package static func estimate(_ scores: [Double], groups: [String]? = nil) -> SearchResults.Estimate {
        guard let interval = try? meanInterval(scores, groups: groups) else {
            return SearchResults.Estimate(value: mean(of: scores) ?? 0, lower: 0, upper: 1)
        }
        return SearchResults.Estimate(value: interval.estimate, lower: interval.lower, upper: interval.upper)
    }

    /// The mean of what questions cost with its interval; a point where there are too few to tell.
    package static func estimate(amounts: [Double], groups: [String]? = nil) -> SearchResults.Estimate {
        guard let interval = try? meanAmountInterval(amounts, groups: groups) else {
            let mean = mean(of: amounts) ?? 0
            return SearchResults.Estimate(value: mean, lower: mean, upper: mean)
        }
        return SearchResults.Estimate(value: interval.estimate, lower: interval.lower, upper: interval.upper)
    }

    /// The mean of paired differences with its interval; of one, or of one group, everything that a difference can be.
    package static func estimate(
        differences: [Double], groups: [String]? = nil
    ) -> SearchResults.Estimate {
        guard let interval = try? meanDifferenceInterval(differences, groups: groups) else {
            return SearchResults.Estimate(value: mean(of: differences) ?? 0, lower: -1, upper: 1)
        }
        return SearchResults.Estimate(value: interval.estimate, lower: interval.lower, upper: interval.upper)
    }
}
