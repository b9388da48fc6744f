internal import Base

/// Why an agent could not work.
package struct AgentsError: DescribedError {
    /// The kinds of failure.
    package enum Code: Sendable {
        /// A session's file cannot be read as it is.
        case session
        /// Something could not be written.
        case storage
        /// What was asked for does not fit together.
        case usage
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

    /// A session's file of which a line is not as it was written.
    static func damaged(_ path: String, linesBefore: Int) -> AgentsError {
        AgentsError(
            .session,
            "\(path):\(linesBefore + 1) is not as it was written. Keep what comes before: neo sessions fork "
                + "--to \(linesBefore)")
    }
}
