package import Base
internal import GRDB

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// An answer with what was asked, as texts: the store knows no models.
package struct StoredResponse: Sendable, Hashable {
    /// All that the answer depends on; its hash is the key.
    package var request: String
    /// The answer.
    package var answer: String

    /// An answer to a request.
    package init(request: String, answer: String) {
        self.request = request
        self.answer = answer
    }
}

extension ResponseStore {
    /// How exact the time of the last use is: a hit writes nothing as long as it is younger.
    private static let useSeconds = 60.0

    /// The answer that was kept under a key, or nil where there is none, or it is too old.
    package func answer(for key: ContentHash) async -> String? {
        let now = time.now().timeIntervalSince1970
        let oldest = lifetimeSeconds.map { now - $0 } ?? -.infinity
        let row = await read { database in
            try Row.fetchOne(
                database, sql: "SELECT answer, used FROM responses WHERE key = ? AND created >= ?",
                arguments: [key.hex, oldest]
            ).map { (try $0.decode(String.self, forColumn: "answer"), try $0.decode(Double.self, forColumn: "used")) }
        }
        guard let (answer, used) = row ?? nil else { return nil }
        if abs(now - used) > Self.useSeconds {
            _ = await write { database in
                try database.execute(sql: "UPDATE responses SET used = ? WHERE key = ?", arguments: [now, key.hex])
            }
        }
        return answer
    }

    /// Keeps an answer, in place of the one before.
    package func keep(_ response: StoredResponse) async {
        let now = time.now().timeIntervalSince1970
        let limit = limitBytes
        _ = await write { database in
            // One answer may not throw out all others.
            guard response.request.utf8.count + response.answer.utf8.count < limit / 4 else { return }
            try database.execute(
                sql: """
                    INSERT INTO responses (key, request, answer, created, used) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (key) DO UPDATE
                    SET answer = excluded.answer, created = excluded.created, used = excluded.used
                    """,
                arguments: [ContentHash(of: response.request).hex, response.request, response.answer, now, now])
            try Self.makeRoom(in: database, limit)
        }
    }

    /// Forgets an answer.
    package func remove(_ key: ContentHash) async {
        _ = await write { try $0.execute(sql: "DELETE FROM responses WHERE key = ?", arguments: [key.hex]) }
    }

    /// All answers, in the order in which their requests were first answered.
    package func responses() async -> [StoredResponse] {
        await read { database in
            try Row.fetchAll(database, sql: "SELECT request, answer FROM responses ORDER BY rowid").map {
                StoredResponse(
                    request: try $0.decode(forColumn: "request"), answer: try $0.decode(forColumn: "answer"))
            }
        } ?? []
    }

    /// What was asked, the newest first.
    package func requests(limit: Int) async -> [String] {
        await read { database in
            try String.fetchAll(
                database, sql: "SELECT request FROM responses ORDER BY rowid DESC LIMIT ?", arguments: [limit])
        } ?? []
    }

    /// Throws out what was used longest ago, a sixteenth at a time, until nine tenths of the room are enough.
    private static func makeRoom(in database: Database, _ limit: Int) throws {
        guard try bytes(of: database) > limit else { return }
        while try bytes(of: database) > limit / 10 * 9 {
            try database.execute(
                sql: """
                    DELETE FROM responses WHERE rowid IN (
                        SELECT rowid FROM responses ORDER BY used, rowid
                        LIMIT (SELECT max(1, count(*) / 16) FROM responses))
                    """)
            guard database.changesCount > 0 else { return }
        }
    }

    /// The pages in use; those that are free are used again before the file grows.
    private static func bytes(of database: Database) throws -> Int {
        func pragma(_ name: String) throws -> Int { try Int.fetchOne(database, sql: "PRAGMA \(name)") ?? 0 }
        return try (pragma("page_count") - pragma("freelist_count")) * pragma("page_size")
    }
}
