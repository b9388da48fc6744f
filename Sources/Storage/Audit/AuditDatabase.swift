package import Base
internal import GRDB

/// The audit log of a project, `.neo/audit.db`: rows that are only ever added, each with the hash of the one before it.
///
/// A row's hash is the SHA-256 of the previous row's hash, a line feed and the row's own text, which is canonical JSON: any
/// program can compute it. The end of the chain is kept beside the database, in `audit.head`, so that rows that were cut
/// off its end are missed.
///
/// What was acknowledged is on the disk (`synchronous = FULL`). Several processes may add rows: one at a time does.
package final class AuditDatabase: Sendable {
    /// The file.
    package let path: String
    private let pool: DatabasePool

    /// Opens the log, or begins one.
    ///
    /// - Throws: ``StorageError`` where the file is damaged, of a newer version, or cannot be opened.
    package init(path: String) throws(StorageError) {
        self.path = path
        do {
            try createDirectory(directory(of: path))
            var configuration = GRDB.Configuration()
            configuration.busyMode = .timeout(5)
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            let settings = configuration
            pool = try withDirectoryLock(directory(of: path)) {
                let pool = try DatabasePool(path: path, configuration: settings)
                var migrator = DatabaseMigrator()
                migrator.registerMigration("1 entries") { try $0.execute(sql: Self.entries) }
                guard try !pool.read(migrator.hasBeenSuperseded) else { throw StorageError.newer(path) }
                try migrator.migrate(pool)
                return pool
            }
        } catch {
            throw StorageError(error, path: path)
        }
    }

    // Neo itself never changes a row; who does it with another tool has to take these away first, and the chain tells.
    private static let entries = """
        CREATE TABLE entries (
            number INTEGER NOT NULL PRIMARY KEY CHECK (number >= 1),
            body TEXT NOT NULL CHECK (json_type(body) = 'object'),
            hash TEXT NOT NULL CHECK (length(hash) = 64)
        ) STRICT;
        CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN
            SELECT RAISE(ABORT, 'the audit log is only added to');
        END;
        CREATE TRIGGER entries_stay_as_they_are BEFORE UPDATE ON entries BEGIN
            SELECT RAISE(ABORT, 'the audit log is only added to');
        END;
        """

    /// Where the end of the chain is kept.
    package var headPath: String { directory(of: path) + "/audit.head" }

    /// Adds rows; they are on the disk when this returns.
    @discardableResult
    package func append(_ bodies: [JSONValue]) async throws -> AuditHead {
        let (headPath, folder) = (headPath, directory(of: path))
        do {
            return try await pool.writeWithoutTransaction { database in
                // Under the lock, so that of two processes the later one also writes its head later.
                try withDirectoryLock(folder) {
                    var head = AuditHead.beginning
                    try database.inTransaction(.immediate) {
                        head = try Self.head(database)
                        let statement = try database.cachedStatement(
                            sql: "INSERT INTO entries (number, body, hash) VALUES (?, ?, ?)")
                        for body in bodies {
                            let text = body.canonicalText
                            head = head.next(text)
                            try statement.execute(arguments: [head.number, text, head.hash])
                        }
                        return .commit
                    }
                    try WholeFile.write(Array((head.text + "\n").utf8), to: headPath)
                    return head
                }
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            throw StorageError(error, path: path)
        }
    }

    private static func head(_ database: Database) throws -> AuditHead {
        let row = try Row.fetchOne(database, sql: "SELECT number, hash FROM entries ORDER BY number DESC LIMIT 1")
        guard let row else { return .beginning }
        return AuditHead(number: try row.decode(forColumn: "number"), hash: try row.decode(forColumn: "hash"))
    }

    /// The end of the chain as the database has it.
    package func head() async throws -> AuditHead {
        do { return try await pool.read { try Self.head($0) } } catch { throw StorageError(error, path: path) }
    }

    /// Rows in their order, as they stand there.
    ///
    /// - Parameters:
    ///   - number: those after this one.
    ///   - limit: at most so many.
    package func rows(after number: Int, limit: Int) async throws -> [AuditRow] {
        do {
            return try await pool.read { database in
                try Row.fetchAll(
                    database, sql: "SELECT number, body, hash FROM entries WHERE number > ? ORDER BY number LIMIT ?",
                    arguments: [number, limit]
                ).map {
                    AuditRow(
                        number: try $0.decode(forColumn: "number"), body: try $0.decode(forColumn: "body"),
                        hash: try $0.decode(forColumn: "hash"))
                }
            }
        } catch {
            throw StorageError(error, path: path)
        }
    }
}
