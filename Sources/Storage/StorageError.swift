internal import Base

/// Why something cannot be stored or read back.
package struct StorageError: DescribedError {
    /// The kinds of error.
    package enum Code: Sendable, Hashable {
        /// The file is no database, or a damaged one.
        case corruptDatabase
        /// The database was written by a newer version of Neo.
        case newerDatabase
        /// The disk is full.
        case diskFull
        /// Another process holds what is needed.
        case busy
        /// The operating system refused a file.
        case fileSystem
        /// Any other failure of the database.
        case database
    }

    /// What kind of error it is.
    package let code: Code
    /// The sentence.
    package let message: String
    /// What went wrong underneath.
    package let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}
