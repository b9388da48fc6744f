internal import Base
internal import GRDB

/// What a running service keeps, `.neo/service.db`: requests, alerts, probes, drift.
///
/// A file of its own beside `neo.db`: traffic never waits for a search, and what was kept of users may be deleted as a
/// whole. SQLite in WAL mode, so several processes may open it at once. Times are seconds since 1970.
package final class ServiceDatabase: Sendable {
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
            pool = try withDirectoryLock(directory(of: path)) {
                var configuration = GRDB.Configuration()
                configuration.busyMode = .timeout(5)
                configuration.foreignKeysEnabled = true
                configuration.prepareDatabase { database in
                    try database.execute(sql: "PRAGMA synchronous = NORMAL")
                }
                let pool = try DatabasePool(path: path, configuration: configuration)
                try ServiceSchema.migrate(pool, path: path)
                return pool
            }
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// Reads in one transaction.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do { return try await pool.read(body) } catch { throw translated(error) }
    }

    /// Writes in one transaction, which is in the log when this returns.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do { return try await pool.write(body) } catch { throw translated(error) }
    }

    private func translated(_ error: any Error) -> any Error {
        if error is JSONFault || error is DecodingError || error is RowDecodingError {
            return StorageError.damaged(path, cause: error)
        }
        guard let failure = error as? DatabaseError else { return error }
        if Task.isCancelled, [.SQLITE_INTERRUPT, .SQLITE_ABORT].contains(failure.resultCode) {
            return CancellationError()
        }
        return StorageError(failure, path: path)
    }

    /// Lets the file grow to so many pages only, after which it fails as on a full disk: for tests.
    package func limitPages(to count: Int) async throws {
        _ = try await pool.writeWithoutTransaction { database in
            try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(count)")
        }
    }
}
