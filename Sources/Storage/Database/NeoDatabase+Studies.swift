package import Base
internal import GRDB

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A study in the database.
package struct StudyRecord: Sendable, Hashable {
    /// The hash of the definition.
    package let id: ContentHash
    /// What defines the study: space, objective, data, seed, …
    package let definition: JSONValue
    /// When it was first opened: `2026-11-21T10:15:30Z`.
    package let created: String
}

extension NeoDatabase {
    /// The journal of the study that this definition defines; the study is made where it does not exist.
    package func openStudy(definition: JSONValue, at now: Date) async throws -> SQLiteTrialJournal {
        let id = ContentHash(of: definition)
        let created = now.timestamp
        try await write { database in
            try database.execute(
                sql: "INSERT INTO studies (id, definition, created) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
                arguments: [id.hex, definition.canonicalText, created]
            )
        }
        return SQLiteTrialJournal(database: self, study: id)
    }

    /// The journal of a study that is there, for reading.
    package func journal(of study: StudyRecord) -> SQLiteTrialJournal {
        SQLiteTrialJournal(database: self, study: study.id)
    }

    /// All studies, the newest first.
    package func studies() async throws -> [StudyRecord] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT id, definition, created FROM studies ORDER BY created DESC, id")
                .map { row in
                    let hex: String = try row.decode(forColumn: "id")
                    guard let id = ContentHash(hex: hex) else {
                        throw DamagedRow(description: "a study is named `\(hex)`, which is no hash")
                    }
                    return StudyRecord(
                        id: id, definition: try JSONValue(parsing: row.decode(String.self, forColumn: "definition")),
                        created: try row.decode(forColumn: "created")
                    )
                }
        }
    }
}
