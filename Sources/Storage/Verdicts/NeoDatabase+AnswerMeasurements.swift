package import AutoML
package import Base
internal import GRDB

extension NeoDatabase {
    /// Writes down what answers were worth, one measurement a question; `evaluation` names the whole, such as the time at
    /// which it was made.
    package func recordAnswers(
        _ measurements: [Measurement], evaluation: String, configuration: ContentHash
    ) async throws {
        try await write { database in
            for measurement in measurements {
                try database.execute(
                    sql: """
                        INSERT INTO answer_measurements (evaluation, configuration, item, metrics) VALUES (?, ?, ?, ?)
                        ON CONFLICT (evaluation, item) DO NOTHING
                        """,
                    arguments: [evaluation, configuration.hex, measurement.item, measurement.metricsText])
            }
        }
    }

    /// What the answers of an evaluation were worth, by item.
    package func answerMeasurements(_ evaluation: String) async throws -> [Measurement] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT item, metrics, NULL AS failure FROM answer_measurements WHERE evaluation = ? ORDER BY item
                    """,
                arguments: [evaluation]
            ).map { try Measurement(row: $0) }
        }
    }
}
