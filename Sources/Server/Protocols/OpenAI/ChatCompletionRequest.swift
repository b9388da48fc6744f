internal import Base
internal import RAG

/// The body of `POST /v1/chat/completions`, as openai-openapi v2.3.0 describes it.
///
/// How a model is asked (`temperature`, `max_tokens`, `stop`, `seed` and the like) the release has decided, so these
/// fields are taken and without effect; what is unknown is not read, because the protocol grows.
struct ChatCompletionRequest {
    /// The question.
    let query: Query
    /// Whether the answer comes as server-sent events.
    let isStreamed: Bool
    /// Whether a last event tells the number of tokens.
    let includesUsage: Bool

    init(_ object: [String: JSONValue], model: ServedModel, options: ServerOptions) throws(RequestFailure) {
        guard let name = object["model"]?.string else {
            throw .unusable("model", "\"model\" is missing; this server has \"\(model.id)\".")
        }
        try model.check(name)
        try Self.refuse(object)
        isStreamed = try Self.flag(object["stream"], "stream")
        includesUsage = try Self.flag(object["stream_options"]?["include_usage"], "stream_options.include_usage")
        query = try Conversation(object["messages"], instructions: ["system", "developer"], options: options).query
    }

    private static func refuse(_ object: [String: JSONValue]) throws(RequestFailure) {
        if let n = object["n"], n != .null, n.integer != 1 {
            throw .unsupported("n", "\"n\" must be 1: there is one answer to a question.")
        }
        for field in ["tools", "functions"] {
            guard let value = object[field], value != .null, value.array?.isEmpty != true else { continue }
            throw .unsupported(field, "\"\(field)\" cannot be called here: answers come from the documents alone.")
        }
        for field in ["logprobs", "top_logprobs"] {
            guard let value = object[field], value != .null, value.bool != false, value.integer != 0 else { continue }
            throw .unsupported(field, "\"\(field)\" cannot be had: how probable a token is, is not known here.")
        }
        if let format = object["response_format"], format != .null, format["type"]?.string != "text" {
            throw .unsupported("response_format", "\"response_format\" must be {\"type\": \"text\"}: answers are text.")
        }
        if let kinds = object["modalities"]?.array, kinds.contains(where: { $0.string != "text" }) {
            throw .unsupported("modalities", "\"modalities\" must be [\"text\"]: answers are text.")
        }
    }

    static func flag(_ value: JSONValue?, _ name: String) throws(RequestFailure) -> Bool {
        guard let value, value != .null else { return false }
        guard let flag = value.bool else { throw .unusable(name, "\"\(name)\" must be true or false.") }
        return flag
    }
}
