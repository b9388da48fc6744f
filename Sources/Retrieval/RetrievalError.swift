public import Base

/// Why something of retrieval could not be built.
public struct RetrievalError: DescribedError {
    /// The kinds of failure.
    public struct Code: Sendable, Hashable {
        private enum Kind: Sendable, Hashable {
            case unknownLanguage
            case corruptIndex
            case memory
            case invalidScores
        }

        private let kind: Kind

        /// There is no stemmer for the language.
        public static let unknownLanguage = Code(kind: .unknownLanguage)
        /// Bytes that were to be an index are not one.
        public static let corruptIndex = Code(kind: .corruptIndex)
        /// There is not enough memory.
        public static let memory = Code(kind: .memory)
        /// A reranker gave no score, or no number, for a passage.
        public static let invalidScores = Code(kind: .invalidScores)
    }

    /// The kind of failure.
    public let code: Code
    /// What was wrong and what to do.
    public let message: String
    /// What went wrong underneath.
    public let cause: (any Error)?

    /// An error.
    public init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}
