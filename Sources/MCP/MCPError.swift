internal import Base

/// Why a server of the Model Context Protocol could not be used.
package struct MCPError: DescribedError {
    /// The kinds of failure.
    package enum Code: Sendable, Hashable {
        /// What is said about a server makes no sense.
        case settings
        /// It could not be started or reached, or is gone.
        case unreachable
        /// It did not answer in time.
        case late
        /// It said something that the protocol does not know, or too much.
        case form
        /// It answered with an error of the protocol, whose number this is.
        case refused(Int)
        /// It answered with this status of HTTP, and nothing of the protocol.
        case status(Int)
        /// It wants somebody to log in.
        case unauthorized
    }

    /// The kind of failure.
    package let code: Code
    /// What was wrong and what to do.
    package let message: String
    /// What went wrong underneath.
    package let cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}
