internal import Base

/// Why a message did not arrive, or a service could not be asked.
package struct NotificationError: DescribedError {
    /// The kinds of failure.
    package enum Code: Sendable {
        /// Nobody answered in time.
        case unreachable
        /// It was answered with a refusal.
        case refused
        /// It cannot be sent like this.
        case unusable
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
