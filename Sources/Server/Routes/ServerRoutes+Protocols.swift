internal import Base
internal import HTTPTypes
internal import Hummingbird
internal import RAG

extension ServerRoutes {
    /// How deep the bodies of the protocols may be nested: what clients send along with a conversation is deeper than our
    /// own requests, also where it is refused.
    private static let maximumDepth = 24

    /// `POST /v1/chat/completions`.
    func completeChat(_ request: Request, _ context: ServerContext) async throws -> Response {
        let object = try await request.jsonObject(
            maximumBytes: options.maximumBodyBytes, maximumDepth: Self.maximumDepth)
        let read = try ChatCompletionRequest(object, model: model, options: options)
        let query = asked(read.query, context)
        let completion = ChatCompletion(
            id: "chatcmpl-\(context.requestID ?? "0")", model: model,
            created: ServedModel.seconds(time.now()))
        guard read.isStreamed else { return .json(completion.body(try await cite(query, context))) }
        return try await stream(request, context, query)
            .response(ChatCompletionEvents(completion: completion, includesUsage: read.includesUsage))
    }

    /// `POST /v1/messages`.
    func writeMessage(_ request: Request, _ context: ServerContext) async throws -> Response {
        let object = try await request.jsonObject(
            maximumBytes: options.maximumBodyBytes, maximumDepth: Self.maximumDepth)
        let read = try MessageRequest(object, model: model, options: options)
        let query = asked(read.query, context)
        let message = ServedMessage(id: "msg_\(context.requestID ?? "0")", model: model)
        guard read.isStreamed else { return .json(message.body(try await cite(query, context))) }
        return try await stream(request, context, query).response(ServedMessageEvents(message: message))
    }

    /// `GET /v1/models/{id}`.
    func describeModel(_ context: ServerContext) throws -> Response {
        try model.check(context.parameters.get("id") ?? "")
        return .json(model.body)
    }

    /// The answer to a question, step by step.
    func stream(_ request: Request, _ context: ServerContext, _ query: Query) -> AnswerStream {
        let (path, method, metrics, notes) = (request.uri.path, request.method.rawValue, metrics, context.notes)
        context.observation?.note(query)
        return AnswerStream(
            steps: feed.steps(query, for: context.connection),
            onAnswer: { answer in
                metrics.count(answer)
                remember(answer, to: query, context)
                notes?.found(answer.passages)
                context.observation?.note(answer)
            },
            words: { error in
                context.observation?.note(error)
                return FailureMiddleware.failure(for: error, path: path, method: method, context: context)
            })
    }
}
