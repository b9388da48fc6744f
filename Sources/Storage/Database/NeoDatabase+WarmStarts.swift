package import Base
internal import GRDB

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension NeoDatabase {
    /// What a search began with from other projects; nil where that was never chosen.
    ///
    /// - Parameter study: the search as it would be without.
    package func warmStart(of study: ContentHash) async throws -> JSONValue? {
        try await read { database in
            try String.fetchOne(database, sql: "SELECT start FROM warm_starts WHERE study = ?", arguments: [study.hex])
                .map { try JSONValue(parsing: $0) }
        }
    }

    /// Keeps what a search begins with, so that it is the same search when it goes on; what was kept before stays.
    package func keepWarmStart(_ start: JSONValue, of study: ContentHash, at now: Date) async throws {
        let chosen = now.timestamp
        try await write { database in
            try database.execute(
                sql: "INSERT INTO warm_starts (study, start, chosen) VALUES (?, ?, ?) ON CONFLICT (study) DO NOTHING",
                arguments: [study.hex, start.canonicalText, chosen])
        }
    }
}
