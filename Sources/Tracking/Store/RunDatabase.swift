internal import Base
internal import GRDB
internal import Storage

/// `.neo/runs.db`: runs and their figures, beside `neo.db` so that millions of points never wait for a search, nor a search
/// for them.
///
/// SQLite in WAL mode with `synchronous = NORMAL`, as ``NeoDatabase``: what was acknowledged survives `kill -9`.
final class RunDatabase: Sendable {
    let path: String
    let isReadOnly: Bool
    private let pool: any DatabaseReader & Sendable
    private let writer: DatabasePool?

    /// Opens the file, or makes it.
    init(path: String) throws(StorageError) {
        self.path = path
        do {
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            try WholeFile.makeFolder(folder)
            // One at a time: two processes that both find a new file would both make the tables.
            let pool = try withDirectoryLock(folder) {
                let pool = try DatabasePool(path: path, configuration: Self.configuration)
                try RunSchema.migrate(pool, path: path)
                return pool
            }
            (self.pool, writer, isReadOnly) = (pool, pool, false)
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// Opens a file that must not, or cannot, be written.
    init(readingOnly path: String) throws(StorageError) {
        self.path = path
        do {
            var configuration = Self.configuration
            configuration.readonly = true
            (pool, writer, isReadOnly) = (try DatabaseQueue(path: path, configuration: configuration), nil, true)
        } catch {
            throw StorageError(error, path: path)
        }
    }

    private static var configuration: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA cache_size = -16000")
            if !database.configuration.readonly { try database.execute(sql: "PRAGMA synchronous = NORMAL") }
        }
        return configuration
    }

    /// Reads in one transaction.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do { return try await pool.read(body) } catch { throw translated(error) }
    }

    /// Writes in one transaction, which is in the log when this returns.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        guard let writer else {
            throw TrackingError(.fileSystem, "\(path) is open for reading only: it, or its folder, may not be written.")
        }
        do { return try await writer.write(body) } catch { throw translated(error) }
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
}
