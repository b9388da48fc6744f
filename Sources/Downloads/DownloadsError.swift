internal import Base

/// What can go wrong while models are fetched and kept.
package struct DownloadsError: DescribedError {
    /// The kind of trouble, for callers that react to it.
    package struct Code: Hashable, Sendable {
        private enum Kind { case unknownModel, notInstalled, unavailable, damaged, disk }
        private let kind: Kind
        private init(_ kind: Kind) { self.kind = kind }

        /// The catalogue has no such model.
        package static let unknownModel = Code(.unknownModel)
        /// The model has not been fetched.
        package static let notInstalled = Code(.notInstalled)
        /// A source, or every source, could not supply a file.
        package static let unavailable = Code(.unavailable)
        /// A file has another content than the catalogue says.
        package static let damaged = Code(.damaged)
        /// The disk refused.
        package static let disk = Code(.disk)
    }

    /// The kind of trouble.
    package let code: Code
    /// What was wrong, where, and what to do.
    package let message: String
    /// What went wrong underneath.
    package let cause: (any Error)?

    /// An error.
    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}
