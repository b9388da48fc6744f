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
        let text: String = row["metrics"]
        var metrics: [String: Double] = [:]
        for (name, value) in try JSONValue(parsing: text).object ?? [:] {
            guard let number = value.number else {
                throw StorageError(
                    .contradiction,
                    "The database holds \(value.canonicalText) as the metric `\(name)`, which is no number.")
            }
            metrics[name] = number
        }
        self.init(item: row["item"], metrics: metrics, failure: row["failure"])
    }
}
