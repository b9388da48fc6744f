package import AutoML
package import Base
internal import GRDB

extension NeoDatabase {
    /// Writes down measurements of a configuration on items of a split, e.g. `held-out`; of two measurements of one
    /// item the first counts.
    package func recordEvaluations(
        _ measurements: [Measurement], of configuration: ContentHash, split: String, study: ContentHash
    ) async throws {
        try await write { database in
            for measurement in measurements {
                try database.execute(
                    sql: """
                        INSERT INTO evaluations (study, configuration, split, item, metrics, failure)
                        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                        """,
                    arguments: [
                        study.hex, configuration.hex, split, measurement.item, measurement.metricsText,
                        measurement.failure,
                    ]
                )
            }
        }
    }

    /// The measurements of a configuration on a split so far, by item.
    package func evaluations(
        of configuration: ContentHash, split: String, study: ContentHash
    ) async throws -> [Measurement] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT item, metrics, failure FROM evaluations
                    WHERE study = ? AND configuration = ? AND split = ? ORDER BY item
                    """,
                arguments: [study.hex, configuration.hex, split]
            ).map { try Measurement(row: $0) }
        }
    }

    /// The items of a split that were ever measured, in any study.
    package func items(of split: String) async throws -> Set<String> {
        try await read { database in
            try String.fetchSet(
                database, sql: "SELECT DISTINCT item FROM evaluations WHERE split = ?", arguments: [split])
        }
    }
}
