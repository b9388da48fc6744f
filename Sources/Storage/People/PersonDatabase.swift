internal import Base
internal import GRDB

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The keys of people, `.neo/people.db`: a random one for each person of whom the audit log speaks.
///
/// What the log says of a person is a pseudonym, and sealed texts, both under that key. Where the key is destroyed, nobody
/// can tell any more whom those rows are about. So it stands in a file of its own, apart from the log, whose freed pages are
/// overwritten (`secure_delete`) and which keeps no write-ahead log.
package final class PersonDatabase: Sendable {
    /// The file.
    package let path: String
    private let queue: DatabaseQueue

    /// Opens the file, or makes a new one that only this user may read.
    ///
    /// - Parameter makeSecret: makes 32 random bytes.
    package init(path: String, makeSecret: () -> [UInt8]) throws(StorageError) {
        self.path = path
        do {
            try createDirectory(directory(of: path))
            var configuration = GRDB.Configuration()
            configuration.busyMode = .timeout(5)
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA secure_delete = ON; PRAGMA synchronous = FULL")
            }
            let (settings, secret) = (configuration, Data(makeSecret()))
            queue = try withDirectoryLock(directory(of: path)) {
                _ = try OpenFile(path, flags: O_RDWR | O_CREAT, mode: 0o600)
                let queue = try DatabaseQueue(path: path, configuration: settings)
                var migrator = DatabaseMigrator()
                migrator.registerMigration("1 people") { database in
                    try database.execute(sql: Self.people)
                    try database.execute(
                        sql: "INSERT INTO secrets (name, value) VALUES ('names', ?)", arguments: [secret])
                }
                guard try !queue.read(migrator.hasBeenSuperseded) else { throw StorageError.newer(path) }
                try migrator.migrate(queue)
                return queue
            }
        } catch {
            throw StorageError(error, path: path)
        }
    }

    // People are found by a keyed hash of their name: the file tells nobody's name.
    private static let people = """
        CREATE TABLE secrets (
            name TEXT NOT NULL PRIMARY KEY,
            value BLOB NOT NULL CHECK (length(value) = 32)
        ) STRICT;

        CREATE TABLE people (
            name TEXT NOT NULL PRIMARY KEY CHECK (length(name) = 64),
            key BLOB NOT NULL CHECK (length(key) = 32),
            since TEXT NOT NULL
        ) STRICT;
        """

    /// What names are hashed under.
    package func namesSecret() async throws -> [UInt8] {
        try await translating {
            try await queue.read { database in
                let data = try Data.fetchOne(database, sql: "SELECT value FROM secrets WHERE name = 'names'")
                guard let data else { throw DamagedRow(description: "the secret of the names is missing") }
                return Array(data)
            }
        }
    }

    /// The key of a person, by the hash of the name; nil where there is none.
    package func key(of name: String) async throws -> [UInt8]? {
        try await translating {
            try await queue.read {
                try Data.fetchOne($0, sql: "SELECT key FROM people WHERE name = ?", arguments: [name]).map { Array($0) }
            }
        }
    }

    /// The key of a person, made where there is none.
    package func key(of name: String, making new: [UInt8], at now: Date) async throws -> [UInt8] {
        let (new, since) = (Data(new), now.timestamp)
        return try await translating {
            try await queue.write { database in
                try database.execute(
                    sql: "INSERT INTO people (name, key, since) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING",
                    arguments: [name, new, since])
                let key = try Data.fetchOne(database, sql: "SELECT key FROM people WHERE name = ?", arguments: [name])
                return Array(key ?? new)
            }
        }
    }

    /// Every key, to read the log with.
    package func keys() async throws -> [[UInt8]] {
        try await translating {
            try await queue.read { try Data.fetchAll($0, sql: "SELECT key FROM people").map { Array($0) } }
        }
    }

    /// Destroys the key of a person; false where there was none.
    package func destroyKey(of name: String) async throws -> Bool {
        try await translating {
            try await queue.write { database in
                try database.execute(sql: "DELETE FROM people WHERE name = ?", arguments: [name])
                return database.changesCount > 0
            }
        }
    }

    private func translating<Value>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let error as CancellationError { throw error } catch {
            throw StorageError(error, path: path)
        }
    }
}
