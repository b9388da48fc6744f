internal import AutoML
package import Base
internal import GRDB

extension NeoDatabase {
    /// Keeps what a configuration answered on an item; a later answer takes the place of an earlier one.
    package func record(
        answer: JSONValue, of configuration: ContentHash, item: String, study: ContentHash
    ) async throws {
        try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO answers (study, configuration, item, answer) VALUES (?, ?, ?, ?)
                    ON CONFLICT (study, item, configuration) DO UPDATE SET answer = excluded.answer
                    """,
                arguments: [study.hex, configuration.hex, item, answer.canonicalText])
        }
    }

    /// What the configurations of a study answered on an item, by their hashes.
    package func answers(to item: String, study: ContentHash) async throws -> [ContentHash: JSONValue] {
        try await read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT configuration, answer FROM answers WHERE study = ? AND item = ?",
                arguments: [study.hex, item])
            var answers: [ContentHash: JSONValue] = [:]
            for row in rows {
                guard let hash = ContentHash(hex: try row.decode(String.self, forColumn: "configuration")) else {
                    continue
                }
                answers[hash] = try JSONValue(parsing: row.decode(String.self, forColumn: "answer"))
            }
            return answers
        }
    }

    /// What was measured of configurations on an item outside of the trials of a study, such as on a held-out question.
    package func evaluations(on item: String, study: ContentHash) async throws -> [ItemEvaluation] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT configuration, split, item, metrics, failure FROM evaluations
                    WHERE study = ? AND item = ? ORDER BY split, configuration
                    """,
                arguments: [study.hex, item]
            ).compactMap { row -> ItemEvaluation? in
                guard let hash = ContentHash(hex: try row.decode(String.self, forColumn: "configuration")) else {
                    return nil
                }
                let measurement = try Measurement(row: row)
                return ItemEvaluation(
                    configuration: hash, split: try row.decode(forColumn: "split"), metrics: measurement.metrics,
                    failure: measurement.failure)
            }
        }
    }
}

/// What was measured of a configuration on an item outside of the trials.
package struct ItemEvaluation: Sendable, Hashable {
    /// The configuration's hash.
    package let configuration: ContentHash
    /// The split that the item was measured in, such as `held-out`.
    package let split: String
    package let metrics: [String: Double]
    package let failure: String?
}
