internal import Base

/// Why a child process could not be run.
package struct ProcessError: DescribedError {
    /// The kinds of failure.
    package enum Code: Sendable {
        /// It did not start: no such program, no such folder, no right to run it.
        case notStarted
        /// It ran into its time limit.
        case tookTooLong
    }

    /// The kind of failure.
    package let code: Code
    /// What was wrong and what to do.
    package let message: String
    /// What the system said.
    package let cause: (any Error)?

    /// A program was ended because it took too long.
    package static func tookTooLong(_ executable: String, _ seconds: Double) -> ProcessError {
        ProcessError(
            code: .tookTooLong,
            message:
                "The program \"\(executable)\" did not end within \(Int(seconds.rounded(.up))) seconds, and was ended.",
            cause: nil)
    }
}
