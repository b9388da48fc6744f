internal import Base

/// What went wrong while documents were looked for or read.
package struct DocumentsError: DescribedError {
    /// The kind of failure.
    package enum Code: Sendable, Hashable {
        case badPattern
        case nothingMatched
        case nothingReadable
        case unreadable
        /// A parser that is not known, or a command that cannot be one.
        case badParser
    }

    /// The kind of failure.
    package let code: Code
    /// The sentence.
    package let message: String
    /// What went wrong underneath.
    package let cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}
