internal import Base
internal import GRDB

/// A metric that is computed from others.
package struct DerivedMetric: Sendable, Hashable {
    package var name: String
    package var expression: MetricExpression
    /// Whether it is this run's own, or one of all runs.
    package var isOwn: Bool
    package var author: String
}

extension RunStore {
    /// The derived metrics of a run; its own go before those of all.
    package func derived(of run: RunID) async throws -> [DerivedMetric] {
        let rows = try await database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT derived.* FROM derived LEFT JOIN runs ON runs.number = derived.run
                    WHERE derived.run IS NULL OR runs.id = ? ORDER BY derived.run IS NULL, derived.name
                    """, arguments: [run.text]
            ).map { row in
                DerivedMetric(
                    name: try row.decode(forColumn: "name"),
                    expression: try MetricExpression(try row.decode(forColumn: "expression")),
                    isOwn: (row["run"] as Int64?) != nil, author: try row.decode(forColumn: "author"))
            }
        }
        var seen: Set<String> = []
        return rows.filter { seen.insert($0.name).inserted }
    }

    /// The points of a derived metric: one at each step at which all that it needs has a value; of several at one step the
    /// last counts.
    package func points(of run: RunID, derived: DerivedMetric) async throws -> [Point] {
        let names = derived.expression.metrics.sorted()
        var values: [Int: [String: Double]] = [:]
        var times: [Int: Double] = [:]
        for name in names {
            for point in try await points(of: run, metric: name) {
                values[point.step, default: [:]][name] = point.value
                times[point.step] = max(times[point.step] ?? point.time, point.time)
            }
        }
        let steps = values.keys.sorted()
        return steps.enumerated().compactMap { number, step in
            derived.expression.value(values[step] ?? [:]).map {
                Point(number: number, step: step, time: times[step] ?? 0, value: $0)
            }
        }
    }

    /// What is known of a derived metric.
    package func summary(of run: RunID, derived: DerivedMetric) async throws -> SeriesSummary? {
        let points = try await points(of: run, derived: derived)
        guard let last = points.last else { return nil }
        let numbers = points.map(\.value).filter { !$0.isNaN }
        return SeriesSummary(
            metric: derived.name, isSystem: false, count: points.count, lastStep: last.step, lastTime: last.time,
            lastValue: last.value, minimum: numbers.min() ?? .nan, maximum: numbers.max() ?? .nan)
    }
}
