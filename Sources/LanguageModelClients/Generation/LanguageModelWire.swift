internal import Base
internal import LanguageModels

/// How requests and answers look in one protocol. It knows no connection, so that it can be tested without one.
protocol LanguageModelWire: Sendable {
    /// What is put behind an endpoint's address.
    var path: String { get }

    /// The model that is asked; nil where the server has only one.
    var model: String? { get }

    /// Where the names of models are.
    var modelsPath: String { get }

    /// Headers that the protocol wants, the key's among them.
    func headers(key: Secret?) -> [String: Secret]

    /// Headers that the protocol wants and that say nothing about the caller.
    var openHeaders: [String: String] { get }

    /// A request.
    ///
    /// - Throws: `LanguageModelError` where the protocol cannot say this.
    func body(for request: LanguageModelRequest, streaming: Bool) throws(LanguageModelError) -> JSONValue

    /// An answer of which nothing has come yet.
    func emptyAnswer() -> any AnswerAssembly
}

/// Puts an answer together, from one JSON value or from the events of a stream.
protocol AnswerAssembly {
    /// Whether the answer is complete, so that nothing more is waited for.
    var isComplete: Bool { get }
    /// Whether the answer is complete if the server says no more.
    var mayEnd: Bool { get }

    /// Adds the whole answer.
    mutating func add(whole reply: JSONValue) throws(AnswerProblem) -> [LanguageModelEvent]

    /// Adds an event of a stream.
    mutating func add(_ event: ServerSentEvent) throws(AnswerProblem) -> [LanguageModelEvent]

    /// The answer, when it is complete.
    func response(to request: LanguageModelRequest) -> LanguageModelResponse
}

/// What is wrong with an answer: a sentence without its subject, which is the endpoint.
struct AnswerProblem: Error {
    /// What the endpoint did.
    var predicate: String
    /// Whether another try may go better.
    var mayPass = false
    /// The server's own word for the trouble.
    var problem: String?

    /// The answer does not have the form that was agreed on.
    static func form(_ predicate: String) -> AnswerProblem { AnswerProblem(predicate: predicate) }

    /// The server says in the middle of an answer, or in place of one, what went wrong.
    static func said(_ error: JSONValue) -> AnswerProblem {
        let message = error["message"]?.string ?? error.string ?? error.canonicalText
        let code = error["code"]?.integer ?? 0
        let problem = error["type"]?.string ?? error["code"]?.string
        return AnswerProblem(
            predicate: "sent an error in place of the answer: \(message)",
            mayPass: [408, 409, 429].contains(code) || code >= 500 || problem.map(passing.contains) ?? false,
            problem: problem)
    }

    private static let passing: Set<String> = [
        "overloaded_error", "api_error", "rate_limit_error", "server_error", "timeout_error",
    ]
}
