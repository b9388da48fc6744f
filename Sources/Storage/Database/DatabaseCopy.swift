internal import GRDB

/// Copies of databases that are in use.
package enum DatabaseCopy {
    /// Writes what a database holds at one moment into a new file, by SQLite itself: other processes may go on writing.
    ///
    /// - Throws: ``StorageError`` where it cannot be read, or the copy cannot be written.
    package static func write(_ path: String, to copy: String) throws(StorageError) {
        do {
            var configuration = GRDB.Configuration()
            configuration.busyMode = .timeout(5)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "VACUUM INTO ?", arguments: [copy])
            }
            try queue.close()
        } catch {
            throw StorageError(error, path: path)
        }
    }
}
