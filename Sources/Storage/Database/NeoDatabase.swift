internal import Base
internal import GRDB

/// A project's state, `.neo/neo.db`: studies, trials, measurements, facts.
///
/// SQLite in WAL mode with `synchronous = NORMAL`: a transaction that was acknowledged lies in the write-ahead log in
/// the system's memory, so it survives `kill -9` of this process; the loss of power may take the last few transactions
/// (all of each, never a part), and a search measures those again. `FULL` would wait for the disk at every block of
/// every trial.
///
/// Several processes may open it at once; a writer waits 5 seconds for another one.
package final class NeoDatabase: Sendable {
    /// The file.
    package let path: String
    private let pool: DatabasePool

    /// Opens the file, or makes a new one, and brings its tables up to date.
    ///
    /// - Throws: ``StorageError`` where the file is damaged, of a newer version, or cannot be opened.
    package init(path: String) throws(StorageError) {
        self.path = path
        do {
            try createDirectory(directory(of: path))
            // One at a time: two processes that both find a new file would both make the tables.
            pool = try withDirectoryLock(directory(of: path)) {
                let pool = try DatabasePool(path: path, configuration: Self.configuration)
                try Schema.migrate(pool, path: path)
                return pool
            }
        } catch {
            throw StorageError(error, path: path)
        }
    }

    private static var configuration: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        return configuration
    }

    /// Reads in one transaction.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw translated(error)
        }
    }

    /// Writes in one transaction, which is in the log when this returns.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await pool.write(body)
        } catch {
            throw translated(error)
        }
    }

    /// Asks the connection that writes, outside of a transaction: it takes no lock.
    func withWriter<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await pool.writeWithoutTransaction(body)
        } catch {
            throw translated(error)
        }
    }

    private func translated(_ error: any Error) -> any Error {
        if error is DamagedRow || error is JSONFault || error is DecodingError || error is RowDecodingError {
            return StorageError.damaged(path, cause: error)
        }
        guard let failure = error as? DatabaseError else { return error }
        // A task that is cancelled interrupts its statement.
        if Task.isCancelled, [.SQLITE_INTERRUPT, .SQLITE_ABORT].contains(failure.resultCode) {
            return CancellationError()
        }
        return StorageError(failure, path: path)
    }
}

/// What tests need to bring a database into a bad state.
extension NeoDatabase {
    /// Lets the file grow to so many pages only, after which it fails as on a full disk.
    func limitPages(to count: Int) async throws {
        _ = try await pool.writeWithoutTransaction { database in
            try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(count)")
        }
    }

    /// The same for tests of other targets.
    package func foldLog() async throws { try await checkpoint() }

    /// Moves all from the log into the file.
    func checkpoint() async throws {
        _ = try await pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }

    /// Makes a file as an older version left it.
    static func makeOld(path: String, through migration: String, rows: String) throws {
        try createDirectory(directory(of: path))
        let pool = try DatabasePool(path: path, configuration: configuration)
        try Schema.migrate(pool, path: path, through: migration)
        try pool.write { try $0.execute(sql: rows) }
        try pool.close()
    }

    /// Claims that a migration was applied which this version does not know.
    func pretendMigration(_ name: String) async throws {
        try await write { database in
            try database.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES (?)", arguments: [name])
        }
    }
}
