internal import Base

/// Why the server could not start or go on.
package struct ServerError: DescribedError {
    /// The kinds of failure.
    package enum Code: Sendable {
        /// An option that makes no sense.
        case invalidOptions
        /// The address can be reached from other machines and there is no token.
        case tokenMissing
        /// The token cannot be read, or no request could carry it.
        case tokenUnusable
        /// Another program listens on the port.
        case portInUse
        /// The address cannot be listened on for another reason.
        case cannotListen
        /// Requests did not finish in the time that they had after the signal to stop.
        case cutOff
        /// The release failed at its first query.
        case warmUpFailed
    }

    /// What kind of failure it is.
    package let code: Code
    /// What was wrong, where, and what to do.
    package let message: String
    /// What went wrong underneath.
    package let cause: (any Error)?

    /// An error.
    package init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}
