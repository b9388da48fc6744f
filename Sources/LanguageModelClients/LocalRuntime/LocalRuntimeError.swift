internal import Base

/// Why a model does not run on this machine.
package struct LocalRuntimeError: DescribedError {
    /// What was wrong, where, and what to do.
    package let message: String
    /// What went wrong underneath.
    package let cause: (any Error)?

    /// An error.
    package init(_ message: String, cause: (any Error)? = nil) {
        self.message = message
        self.cause = cause
    }
}
