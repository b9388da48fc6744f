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
        /// What another system answered is no answer.
        case badReply
        /// The judge may not judge these answers.
        case invalidJudge
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

extension RAGError {
    /// A configuration that does something which needs an encoder, in a project without one.
    static func encoderMissing(_ what: String, instead: String) -> RAGError {
        RAGError(
            code: .encoderMissing,
            message:
                "This configuration \(what), which needs an encoder, but the project has `encoder: none`. Name one "
                + "in neo.yaml, or take `\(instead)`."
        )
    }
}
