/// What a model answered.
package struct LanguageModelResponse: Sendable, Hashable {
    /// The server's name for this answer.
    package var id: String?
    /// The model that answered, which may be more exact than the one that was asked for.
    package var model: String?
    /// The answer.
    package var message: AssistantMessage
    /// Why it ends where it ends.
    package var stopReason: StopReason
    /// What was read and written.
    package var usage: TokenUsage

    /// A response.
    package init(
        id: String? = nil, model: String? = nil, message: AssistantMessage, stopReason: StopReason, usage: TokenUsage
    ) {
        self.id = id
        self.model = model
        self.message = message
        self.stopReason = stopReason
        self.usage = usage
    }
}

/// Why an answer ends.
package enum StopReason: Sendable, Hashable {
    /// The model had said all.
    case stop
    /// A text was reached that the request named.
    case stopSequence
    /// The answer, or the conversation, became too long.
    case length
    /// Tools are to be called.
    case toolCalls
    /// The server withheld the rest.
    case contentFilter
    /// The model declined.
    case refusal
    /// Another reason, in the server's words; empty where it gave none.
    case other(String)
}
