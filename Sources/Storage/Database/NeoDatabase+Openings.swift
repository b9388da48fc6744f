package import Base
internal import GRDB

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension NeoDatabase {
    /// Writes down that somebody is about to look at a split, and says how many times that has happened now.
    @discardableResult
    package func recordOpening(of split: String, study: ContentHash, at now: Date) async throws -> Int {
        let opened = now.timestamp
        return try await write { database in
            let count = try Self.openings(database, split, study) + 1
            try database.execute(
                sql: "INSERT INTO openings (study, split, number, opened) VALUES (?, ?, ?, ?)",
                arguments: [study.hex, split, count, opened]
            )
            return count
        }
    }

    /// How often a split was looked at.
    package func openings(of split: String, study: ContentHash) async throws -> Int {
        try await read { try Self.openings($0, split, study) }
    }

    private static func openings(_ database: Database, _ split: String, _ study: ContentHash) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM openings WHERE study = ? AND split = ?", arguments: [study.hex, split]
        ) ?? 0
    }
}
