internal import Base

/// Why something could not be run inside walls.
package struct SandboxError: DescribedError {
    /// The kinds of failure.
    package enum Code: Sendable {
        /// There are no walls here: no bubblewrap, no user namespaces, another system than Linux.
        case unavailable
        /// The policy cannot hold: a path that is not there, a rule that cannot be kept.
        case policy
        /// There is no such file, or none that may be seen.
        case missing
        /// The walls could not be put up.
        case notStarted
    }

    /// The kind of failure.
    package let code: Code
    /// What was wrong and what to do.
    package let message: String
    /// What the system said.
    package let cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}
