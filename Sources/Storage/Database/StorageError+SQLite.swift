internal import GRDB

extension StorageError {
    /// The sentence for a file that a newer version has changed.
    package static func newer(_ path: String) -> StorageError {
        StorageError(
            .newerDatabase,
            "The database \(path) was written by a newer version of Neo. Update Neo, or use another project folder."
        )
    }

    /// The sentence for a file whose content is not what was written.
    package static func damaged(_ path: String, cause: any Error) -> StorageError {
        StorageError(
            .corruptDatabase,
            "The database \(path) is damaged. Save what can be saved with `sqlite3 \(path) .recover`, or move it away, and "
                + "Neo makes a new one; what was measured before is then measured again.",
            cause: cause
        )
    }

    /// The sentence for what SQLite, or the file system below it, refused.
    package init(_ error: any Error, path: String) {
        if let error = error as? StorageError {
            self = error
            return
        }
        if let failure = error as? POSIXFailure {
            self.init(failure, what: "The database \(path)")
            return
        }
        guard let failure = error as? DatabaseError else {
            self.init(.fileSystem, "The database \(path) cannot be opened.", cause: error)
            return
        }
        // SQLite says so itself of its files, but not of the memory that it shares through one.
        let isFull = [.SQLITE_IOERR, .SQLITE_CANTOPEN].contains(failure.resultCode) && hasNoRoom(directory(of: path))
        switch isFull ? .SQLITE_FULL : failure.resultCode {
        case .SQLITE_NOTADB:
            self.init(
                .corruptDatabase,
                "\(path) is not a database. Move it away, and Neo makes a new one; what was measured before is then "
                    + "measured again.",
                cause: error
            )
        case .SQLITE_CORRUPT:
            self = .damaged(path, cause: error)
        case .SQLITE_FULL:
            self.init(
                .diskFull,
                "The disk is full: nothing more can be written into \(path). What was written before is safe; make room "
                    + "and run the command again.",
                cause: error
            )
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                .busy, "Another process has been writing into \(path) for more than 5 seconds; try again.", cause: error
            )
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
            self.init(
                .fileSystem,
                "The database \(path) cannot be opened for writing; check that it and its directory belong to you.",
                cause: error
            )
        default:
            self.init(.database, "The database \(path) refused an operation.", cause: error)
        }
    }
}
