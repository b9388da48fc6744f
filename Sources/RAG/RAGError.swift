internal import Base

/// Why a RAG pipeline could not be built or measured.
package struct RAGError: DescribedError {
    /// The kinds of failure.
    package enum Code: Sendable {
        /// A configuration or a search space that makes no sense.
        case invalidConfiguration
        /// The configuration needs an encoder, and there is none.
        case encoderMissing
        /// The golden questions cannot be used.
        case invalidGoldenSet
    }

    package let code: Code
    package let message: String
    package let cause: (any Error)?

    package init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}
