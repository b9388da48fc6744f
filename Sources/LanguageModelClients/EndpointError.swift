internal import Base

/// Why an endpoint gave no answer that could be used.
package struct EndpointError: DescribedError {
    /// The kind of trouble, for callers that react to it.
    package struct Code: Hashable, Sendable {
        private enum Kind { case settings, unreachable, refused, answer }
        private let kind: Kind
        private init(_ kind: Kind) { self.kind = kind }

        /// The endpoint is described in a way that cannot be used.
        package static let settings = Code(.settings)
        /// Nobody answered, or only with "try later", as often as it was tried.
        package static let unreachable = Code(.unreachable)
        /// The endpoint does not do what was asked: no such model, no account, a text that is too long.
        package static let refused = Code(.refused)
        /// The answer does not have the form that was agreed on.
        package static let answer = Code(.answer)
    }

    /// The kind of trouble.
    package let code: Code
    /// What was wrong, where, and what to do.
    package let message: String
    /// What went wrong underneath.
    package let cause: (any Error)?
    /// The status of the answer, where there was one that is not 200.
    let status: Int?
    /// The server's own word for the trouble.
    let problem: String?

    /// An error.
    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.init(code, message, cause: cause, status: nil, problem: nil)
    }

    init(_ code: Code, _ message: String, cause: (any Error)? = nil, status: Int?, problem: String?) {
        self.code = code
        self.message = message
        self.cause = cause
        self.status = status
        self.problem = problem
    }
}
