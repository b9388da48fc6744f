internal import AutoML
internal import Base
internal import GRDB

extension Measurement {
    /// The metrics as JSON with sorted keys and all digits.
    var metricsText: String {
        JSONValue.object(metrics.mapValues { .number($0) }).canonicalText
    }

    /// From the columns `item`, `metrics` and `failure`.
    init(row: Row) throws {
        var metrics: [String: Double] = [:]
        for (name, value) in try JSONValue(parsing: row.decode(String.self, forColumn: "metrics")).object ?? [:] {
            guard let number = value.number else {
                throw DamagedRow(description: "\(value.canonicalText) as the metric `\(name)` is no number")
            }
            metrics[name] = number
        }
        self.init(
            item: try row.decode(forColumn: "item"), metrics: metrics, failure: try row.decode(forColumn: "failure"))
    }
}
