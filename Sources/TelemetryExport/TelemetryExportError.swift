internal import Base

/// Why telemetry cannot be sent as the environment wants it.
package struct TelemetryExportError: DescribedError {
    /// The kind of trouble.
    package struct Code: Hashable, Sendable {
        private enum Kind { case settings }
        private let kind: Kind

        /// A variable of the environment makes no sense.
        package static let settings = Code(kind: .settings)
    }

    /// The kind of trouble.
    package let code: Code
    /// What was wrong, where, and what to do.
    package let message: String
    /// What went wrong underneath.
    package let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}
