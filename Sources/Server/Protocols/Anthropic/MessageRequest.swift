internal import Base
internal import RAG

/// The body of `POST /v1/messages`, Anthropic's protocol.
///
/// `temperature`, `stop_sequences`, `thinking` and the like are the release's decision: they are taken and without effect,
/// as is what `system` says.
struct MessageRequest {
    /// The question.
    let query: Query
    /// Whether the answer comes as server-sent events.
    let isStreamed: Bool

    init(_ object: [String: JSONValue], model: ServedModel, options: ServerOptions) throws(RequestFailure) {
        guard let name = object["model"]?.string else {
            throw .unusable("model", "\"model\" is missing; this server has \"\(model.id)\".")
        }
        try model.check(name)
        guard let tokens = object["max_tokens"]?.integer, tokens >= 1 else {
            throw .unusable("max_tokens", "\"max_tokens\" must be a whole number from 1.")
        }
        if let tools = object["tools"], tools != .null, tools.array?.isEmpty != true {
            throw .unsupported("tools", "\"tools\" cannot be called here: answers come from the documents alone.")
        }
        isStreamed = try ChatCompletionRequest.flag(object["stream"], "stream")
        query = try Conversation(object["messages"], instructions: [], options: options).query
    }
}
