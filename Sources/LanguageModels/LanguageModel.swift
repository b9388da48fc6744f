/// A model that continues conversations: behind an endpoint, in a test, or wherever else.
///
/// Both ways of asking give the same answer: the last event of a stream carries what `respond` would have returned.
/// A task that is cancelled ends with `CancellationError` and leaves no request behind.
package protocol LanguageModel: Sendable {
    /// Names the model in cache keys and reports; holds no secret.
    var identity: String { get }

    /// The whole answer.
    ///
    /// - Throws: `LanguageModelError` with a sentence, or `CancellationError`.
    func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse

    /// The answer as it is written. Nothing is asked before somebody iterates; each iteration asks anew.
    func stream(_ request: LanguageModelRequest) -> LanguageModelStream
}
