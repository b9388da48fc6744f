internal import Base

/// Why a step of a project's life could not be taken.
package struct EngineerError: DescribedError {
    /// The kinds of failure.
    package enum Code: Sendable {
        /// There is no project here, or its files cannot be read or written.
        case project
        /// `neo.yaml` is malformed.
        case invalidProjectFile
        /// `config.yaml` is malformed, or does not say what is needed.
        case invalidConfiguration
        /// The golden questions cannot be used.
        case invalidGoldenSet
        /// No documents, or none that can be read.
        case noDocuments
        /// The question cannot be answered yet: no search has finished.
        case noResults
        /// A document that a person has to agree to is not approved as it is now.
        case unapproved
        /// What this machine has learnt cannot be read or written.
        case knowledge
        /// A release cannot be made, read or served.
        case release
        /// What was asked for makes no sense.
        case invalidRequest
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
