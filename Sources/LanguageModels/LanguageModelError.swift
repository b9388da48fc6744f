internal import Base

/// Why a model gave no answer that could be used.
package struct LanguageModelError: DescribedError {
    /// The kind of trouble, for callers that react to it.
    package struct Code: Hashable, Sendable {
        private enum Kind {
            case request, authentication, modelNotFound, contextTooLong, rateLimited, refused, unreachable, interrupted
            case answer, notRecorded
        }
        private let kind: Kind
        private init(_ kind: Kind) { self.kind = kind }

        /// The kind as a word, for logs and ledgers: `rateLimited`.
        package var word: String { String(describing: kind) }

        /// The request, or the description of the endpoint, cannot be sent as it is.
        package static let request = Code(.request)
        /// The key is missing or wrong, or may not do this.
        package static let authentication = Code(.authentication)
        /// The endpoint has no such model, or is not at this address.
        package static let modelNotFound = Code(.modelNotFound)
        /// The conversation is longer than the model can read.
        package static let contextTooLong = Code(.contextTooLong)
        /// The endpoint wants less, as often as it was asked.
        package static let rateLimited = Code(.rateLimited)
        /// The endpoint does not do what was asked.
        package static let refused = Code(.refused)
        /// Nobody answered, or not in time.
        package static let unreachable = Code(.unreachable)
        /// The answer broke off after its first words had been handed on, so that it could not be asked for again.
        package static let interrupted = Code(.interrupted)
        /// The answer does not have the form that was agreed on.
        package static let answer = Code(.answer)
        /// Only recordings may be used, and none is of this request.
        package static let notRecorded = Code(.notRecorded)
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
