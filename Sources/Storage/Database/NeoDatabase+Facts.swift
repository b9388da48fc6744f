package import Base
internal import GRDB

extension NeoDatabase {
    /// A fact that was written down under a key, or nil.
    package func fact(_ key: String) async throws -> JSONValue? {
        try await read { database in
            try String.fetchOne(database, sql: "SELECT value FROM facts WHERE key = ?", arguments: [key])
                .map { try JSONValue(parsing: $0) }
        }
    }

    /// Writes a fact down, in place of the one before; nil removes it.
    package func setFact(_ key: String, to value: JSONValue?) async throws {
        try await write { database in
            if let value {
                try database.execute(
                    sql: """
                        INSERT INTO facts (key, value) VALUES (?, ?)
                        ON CONFLICT (key) DO UPDATE SET value = excluded.value
                        """,
                    arguments: [key, value.canonicalText]
                )
            } else {
                try database.execute(sql: "DELETE FROM facts WHERE key = ?", arguments: [key])
            }
        }
    }
}
