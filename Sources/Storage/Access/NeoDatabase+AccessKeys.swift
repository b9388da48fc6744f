internal import Base
internal import GRDB

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension NeoDatabase {
    /// All keys, those that were taken back included, the oldest first.
    package func accessKeys() async throws -> [AccessKeyRecord] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM access_keys ORDER BY created, id").map { row in
                AccessKeyRecord(
                    id: try row.decode(forColumn: "id"), name: try row.decode(forColumn: "name"),
                    hash: try row.decode(forColumn: "hash"), scopes: try Self.list(row, "scopes"),
                    groups: try Self.list(row, "groups"), perMinute: try row.decode(forColumn: "per_minute"),
                    perDay: try row.decode(forColumn: "per_day"), created: try row.decode(forColumn: "created"),
                    expires: try row.decode(forColumn: "expires"), revoked: try row.decode(forColumn: "revoked"))
            }
        }
    }

    private static func list(_ row: Row, _ column: String) throws -> [String] {
        let value = try JSONValue(parsing: try row.decode(String.self, forColumn: column))
        return value.array?.compactMap(\.string) ?? []
    }

    /// Keeps a new key. With `replacing`, the key of that id is taken back in the same transaction.
    package func addAccessKey(_ key: AccessKeyRecord, replacing old: String? = nil) async throws {
        let scopes = JSONValue.array(key.scopes.map { .string($0) }).canonicalText
        let groups = JSONValue.array(key.groups.map { .string($0) }).canonicalText
        try await write { database in
            if let old {
                try database.execute(
                    sql: "UPDATE access_keys SET revoked = ? WHERE id = ? AND revoked IS NULL",
                    arguments: [key.created, old])
            }
            try database.execute(
                sql: """
                    INSERT INTO access_keys
                    (id, name, hash, scopes, groups, per_minute, per_day, created, expires, revoked)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    key.id, key.name, key.hash, scopes, groups, key.perMinute, key.perDay, key.created, key.expires,
                    key.revoked,
                ])
        }
    }

    /// Takes a key back; false where that was done before, or there is none.
    package func revokeAccessKey(_ id: String, at now: Date) async throws -> Bool {
        let revoked = now.timestamp
        return try await write { database in
            try database.execute(
                sql: "UPDATE access_keys SET revoked = ? WHERE id = ? AND revoked IS NULL", arguments: [revoked, id])
            return database.changesCount > 0
        }
    }

    /// Takes back the keys of a name, and calls them otherwise: of who is forgotten not even the name stays.
    package func forgetAccessKeys(named name: String, as other: String, at now: Date) async throws -> Int {
        let revoked = now.timestamp
        return try await write { database in
            try database.execute(
                sql: "UPDATE access_keys SET name = ?, revoked = coalesce(revoked, ?) WHERE name = ? COLLATE NOCASE",
                arguments: [other, revoked, name])
            return database.changesCount
        }
    }

    /// How many requests each key made on a day.
    package func accessUsage(on day: String) async throws -> [String: Int] {
        try await read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT key, count FROM access_usage WHERE day = ?", arguments: [day])
            return Dictionary(
                try rows.map {
                    (try $0.decode(String.self, forColumn: "key"), try $0.decode(Int.self, forColumn: "count"))
                },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// Adds requests to those of a day; what is older than a month goes.
    package func addAccessUsage(_ counts: [String: Int], on day: String, keepingSince oldest: String) async throws {
        try await write { database in
            for (key, count) in counts {
                try database.execute(
                    sql: """
                        INSERT INTO access_usage (key, day, count) SELECT id, ?, ? FROM access_keys WHERE id = ?
                        ON CONFLICT (key, day) DO UPDATE SET count = count + excluded.count
                        """, arguments: [day, count, key])
            }
            try database.execute(sql: "DELETE FROM access_usage WHERE day < ?", arguments: [oldest])
        }
    }
}
