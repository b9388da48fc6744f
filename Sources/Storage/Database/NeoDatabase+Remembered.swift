package import AutoML
package import Base
internal import GRDB

/// A trial of some study of the database.
package struct StoredTrial: Sendable, Hashable {
    package let study: ContentHash
    package let number: Int
}

extension NeoDatabase {
    /// The trials of these studies by the hash of their configuration: what was measured of one of them is known for all.
    package func trials(of studies: Set<ContentHash>) async throws -> [ContentHash: [StoredTrial]] {
        try await read { database in
            var found: [ContentHash: [StoredTrial]] = [:]
            let rows = try Row.fetchCursor(
                database, sql: "SELECT study, number, configuration FROM trials ORDER BY study, number")
            while let row = try rows.next() {
                guard let study = ContentHash(hex: try row.decode(String.self, forColumn: "study")),
                    studies.contains(study)
                else { continue }
                let values = try JSONValue(parsing: row.decode(String.self, forColumn: "configuration")).object ?? [:]
                found[Configuration(values).hash, default: []].append(
                    StoredTrial(study: study, number: try row.decode(forColumn: "number")))
            }
            return found
        }
    }

    /// What was measured of a trial on some items, failures left out.
    package func successes(of trial: StoredTrial, on items: [String]) async throws -> [Measurement] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT item, metrics, failure FROM measurements
                    WHERE study = ? AND trial = ? AND item IN (SELECT value FROM json_each(?)) AND failure IS NULL
                    """,
                arguments: [trial.study.hex, trial.number, JSONValue.array(items.map(JSONValue.string)).canonicalText]
            ).map { try Measurement(row: $0) }
        }
    }
}
