public import Base

/// What can go wrong while a model is loaded or run.
public struct EncodersError: DescribedError {
    /// The kind of trouble, for callers that react to it.
    public struct Code: Hashable, Sendable {
        private enum Kind { case unreadableFile, damagedFile, unsupportedModel, computation }
        private let kind: Kind
        private init(_ kind: Kind) { self.kind = kind }

        /// A file is missing or cannot be read.
        public static let unreadableFile = Code(.unreadableFile)
        /// A file contradicts itself, its neighbours or its format.
        public static let damagedFile = Code(.damagedFile)
        /// The model is sound, but of a kind that is not supported.
        public static let unsupportedModel = Code(.unsupportedModel)
        /// The matrix library refused a product.
        public static let computation = Code(.computation)
    }

    /// The kind of trouble.
    public let code: Code
    /// What was wrong, where, and what to do.
    public let message: String
    /// What went wrong underneath.
    public let cause: (any Error)?

    /// An error.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}
