internal import Base
internal import GRDB

/// The file of a ``ResponseStore`` while it is open.
final class OpenedStore: Sendable {
    let pool: DatabasePool
    /// Tells the file from another that has taken its place.
    private let number: UInt64?

    private init(path: String) throws {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        pool = try DatabasePool(path: path, configuration: configuration)
        try pool.write(Self.makeTables)
        number = fileNumber(path)
    }

    /// Opens the file.
    ///
    /// - Parameter damaged: the file as it was open when damage was found.
    /// - Returns: where a damaged file was put, if one was.
    static func open(_ path: String, damaged: OpenedStore?) throws -> (OpenedStore, aside: String?) {
        try createDirectory(directory(of: path))
        // One at a time: of two processes that find the damage, the second finds the file that the first began.
        return try withDirectoryLock(directory(of: path)) {
            var aside: String?
            if let damaged {
                try? damaged.pool.close()
                if damaged.number == fileNumber(path) { aside = try putAside(path) }
            }
            do {
                return (try OpenedStore(path: path), aside)
            } catch  where isDamage(error) {
                aside = try putAside(path)
                return (try OpenedStore(path: path), aside)
            }
        }
    }

    /// Whether the file is not what was written.
    static func isDamage(_ error: any Error) -> Bool {
        guard let failure = error as? DatabaseError else { return error is RowDecodingError }
        return [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(failure.resultCode)
    }

    private static func putAside(_ path: String) throws -> String {
        let aside = path + ".damaged"
        try renameFile(path, to: aside)
        for ending in ["-wal", "-shm"] { _ = removeFile(path + ending) }
        return aside
    }

    // With row ids, because an answer may be long; they also keep the order in which answers were recorded.
    private static let tables = """
        CREATE TABLE responses (
            key TEXT NOT NULL PRIMARY KEY CHECK (length(key) = 64),
            request TEXT NOT NULL,
            answer TEXT NOT NULL,
            created REAL NOT NULL,
            used REAL NOT NULL
        ) STRICT;
        CREATE INDEX responses_by_use ON responses (used);
        """

    private static let version = 1

    /// A file of another version is emptied: it is a cache.
    private static func makeTables(_ database: Database) throws {
        guard try Int.fetchOne(database, sql: "PRAGMA user_version") != version else { return }
        try database.execute(sql: "DROP TABLE IF EXISTS responses")
        try database.execute(sql: tables)
        try database.execute(sql: "PRAGMA user_version = \(version)")
    }
}
