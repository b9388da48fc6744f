internal import Base

/// Why a run cannot be written down or read back.
package struct TrackingError: DescribedError {
    /// The kinds of failure.
    package enum Code: Sendable, Hashable {
        /// There is no such run, metric or entry.
        case notFound
        /// A name fits several runs.
        case ambiguous
        /// A record, a name or an expression is malformed.
        case invalid
        /// The operating system refused a file.
        case fileSystem
        /// A program that is needed, such as DuckDB, is missing or failed.
        case program
    }

    package let code: Code
    package let message: String
    package let cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}
