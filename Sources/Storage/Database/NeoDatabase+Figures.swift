package import AutoML
package import Base
internal import GRDB

/// A trial as far as it has come, with the sums that a mean and its spread follow from.
package struct TrialFigures: Sendable, Hashable {
    package let number: Int
    package let configuration: AutoML.Configuration
    package let origin: String
    package let state: Trial.State
    package let failure: String?
    /// How many items were measured, failures included.
    package let measured: Int
    /// How many of them could not be measured.
    package let failures: Int
    /// The sum of the metric over the items; what could not be measured counts nothing.
    package let sum: Double
    /// The sum of its squares.
    package let squares: Double
    /// How long it took, in seconds, where that is known.
    package let seconds: Double?
}

/// What one trial measured on one item.
package struct ItemMeasurement: Sendable, Hashable {
    package let trial: Int
    package let metrics: [String: Double]
    package let failure: String?
}

extension NeoDatabase {
    /// Says whether something was written since the last time: it is another text then. Asking costs no reading of tables.
    package func changeStamp() async throws -> String {
        // On the connection that writes: what other processes change moves the one number, what this one does the other.
        try await withWriter { database in
            let others = try Int64.fetchOne(database, sql: "PRAGMA data_version") ?? 0
            return "\(others).\(database.totalChangesCount)"
        }
    }

    /// The trials of a study as they stand, by number, with the sums of a metric.
    package func figures(ofStudy study: ContentHash, metric: String) async throws -> [TrialFigures] {
        // A name is text in a path of JSON only between quotes, which it cannot end.
        let path = "$.\"\(metric.filter { $0 != "\"" && $0 != "\\" })\""
        return try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT number, configuration, origin, state, trials.failure AS failure, seconds,
                        count(item) AS measured, count(measurements.failure) AS failures,
                        total(json_extract(metrics, :path)) AS sum,
                        total(json_extract(metrics, :path) * json_extract(metrics, :path)) AS squares
                    FROM trials
                    LEFT JOIN measurements ON measurements.study = trials.study AND measurements.trial = number
                    LEFT JOIN durations ON durations.study = trials.study AND durations.trial = number
                    WHERE trials.study = :study GROUP BY number ORDER BY number
                    """,
                arguments: ["path": path, "study": study.hex]
            ).map { try TrialFigures(row: $0) }
        }
    }

    /// What each trial of a study measured on an item.
    package func measurements(of item: String, study: ContentHash) async throws -> [ItemMeasurement] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql:
                    "SELECT trial, item, metrics, failure FROM measurements WHERE study = ? AND item = ? ORDER BY trial",
                arguments: [study.hex, item]
            ).map { row in
                let measurement = try Measurement(row: row)
                return ItemMeasurement(
                    trial: try row.decode(forColumn: "trial"), metrics: measurement.metrics,
                    failure: measurement.failure)
            }
        }
    }

    /// Why items of a study could not be measured, and how often, the commonest first.
    package func failures(ofStudy study: ContentHash) async throws -> [(reason: String, count: Int)] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT failure, count(*) AS count FROM measurements WHERE study = ? AND failure IS NOT NULL
                    GROUP BY failure ORDER BY count DESC, failure LIMIT 50
                    """,
                arguments: [study.hex]
            ).map { (try $0.decode(forColumn: "failure"), try $0.decode(forColumn: "count")) }
        }
    }
}

extension TrialFigures {
    fileprivate init(row: Row) throws {
        let text: String = try row.decode(forColumn: "configuration")
        let word: String = try row.decode(forColumn: "state")
        guard let values = try JSONValue(parsing: text).object, let state = Trial.State(rawValue: word) else {
            throw DamagedRow(description: "a trial is `\(word)` with the configuration \(text)")
        }
        number = try row.decode(forColumn: "number")
        configuration = AutoML.Configuration(values)
        origin = try row.decode(forColumn: "origin")
        self.state = state
        failure = try row.decode(forColumn: "failure")
        measured = try row.decode(forColumn: "measured")
        failures = try row.decode(forColumn: "failures")
        sum = try row.decode(forColumn: "sum")
        squares = try row.decode(forColumn: "squares")
        seconds = try row.decode(forColumn: "seconds")
    }
}
