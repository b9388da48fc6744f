internal import Base
internal import HTTPTypes
internal import Hummingbird
internal import RAG

/// Answers requests with the service.
struct ServerRoutes: Sendable {
    let service: any QueryService
    let options: ServerOptions
    let readiness: Readiness
    let metrics: RequestMetrics
    let time: TimeSource
    let feed: AnswerFeed
    let model: ServedModel
    /// Nil where nothing that is said of answers is kept.
    var feedback: FeedbackBox?
    /// The releases that can be shown side by side, two or none.
    var comparable: @Sendable () -> [ComparedRelease] = { [] }

    /// Adds a handler for every route.
    func add(to router: Router<ServerContext>) {
        let page = ChatPage.response
        let description = OpenAPI.document(options).canonicalText
        for route in Route.allCases {
            router.on(RouterPath(route.rawValue), method: route.method) { request, context -> Response in
                switch route {
                case .chat, .chatPage: page()
                case .retrieve: try await retrieve(request, context)
                case .answer: try await answer(request, context)
                case .run: .json(try await cite(try await read(request, .run, context).query, context).autoRAGBody)
                case .chatCompletions: try await completeChat(request, context)
                case .messages: try await writeMessage(request, context)
                case .feedback: try await takeFeedback(request, context)
                case .compare: try await compare(request, context)
                case .comparePage: SideBySidePage.response()
                case .models: .json(model.list)
                case .model: try describeModel(context)
                case .version: .json(try await version(context))
                case .health: .json(["status": "ok"])
                case .readiness: try ready()
                case .metrics:
                    .text(
                        metrics.text(options, try await summary(context)),
                        type: "text/plain; version=0.0.4; charset=utf-8")
                case .openAPI: .text(description, type: "application/json; charset=utf-8")
                }
            }
        }
    }

    private func version(_ context: ServerContext) async throws -> JSONValue {
        [
            "name": "neo", "version": .string(options.version), "release": .object(try await summary(context)),
            "feedback": .bool(feedback != nil),
        ]
    }

    /// The release as who asks may know it.
    private func summary(_ context: ServerContext) async throws -> [String: JSONValue] {
        try await forwarding { try await service.summary(for: groups(context)) }
    }

    /// Whose documents a request sees.
    func groups(_ context: ServerContext) -> Set<AccessGroup>? {
        context.principal.map(\.groups) ?? options.groups
    }

    private func ready() throws -> Response {
        guard readiness.isReady else {
            throw RequestFailure(
                .serviceUnavailable, code: "not_ready", "The release is being loaded; ask again in a second.",
                headers: [.retryAfter: "1"]
            )
        }
        return .json(["status": "ready"])
    }

    private func retrieve(_ request: Request, _ context: ServerContext) async throws -> Response {
        let question = try await read(request, .retrieve, context).query
        context.observation?.note(question)
        let start = time.nanoseconds()
        let passages = try await forwarding { try await service.retrieve(question) }
        context.observation?.note(passages)
        context.notes?.found(passages)
        return .json(
            ReleaseOfRequest.named([
                "query": .string(question.text),
                "passages": .array(passages.map(PassageBody.full)),
                "took_ms": .number(milliseconds(since: start)),
            ]))
    }

    private func answer(_ request: Request, _ context: ServerContext) async throws -> Response {
        let question = try await read(request, .answer, context)
        guard question.isStreamed else {
            return .json(ReleaseOfRequest.named(try await cite(question.query, context).body))
        }
        return try await stream(request, context, question.query).response(AnswerEvents())
    }

    /// The whole answer to a question.
    func cite(_ question: Query, _ context: ServerContext) async throws -> CitedAnswer {
        context.observation?.note(question)
        let answer = try await feed.answer(question, for: context.connection)
        context.observation?.note(answer)
        metrics.count(answer)
        remember(answer, to: question, context)
        context.notes?.found(answer.passages)
        return CitedAnswer(answer)
    }

    private func read(
        _ request: Request, _ fields: QuestionRequest.Fields, _ context: ServerContext
    ) async throws -> QuestionRequest {
        let object = try await request.jsonObject(maximumBytes: options.maximumBodyBytes)
        var question = try QuestionRequest(object, fields: fields, options: options)
        question.query = asked(question.query, context)
        return question
    }

    /// A question as it is asked by whoever sent the request.
    func asked(_ query: Query, _ context: ServerContext) -> Query {
        var query = query
        query.groups = groups(context)
        context.notes?.asked(query)
        return query
    }

    /// An error of the service must not be mistaken for one of the request, whatever type it has.
    func forwarding<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw ServiceFailure(cause: error)
        }
    }

    private func milliseconds(since start: UInt64) -> Double {
        (Double(time.nanoseconds() &- start) / 1000).rounded() / 1000
    }
}

/// A failure of the service behind a request.
struct ServiceFailure: Error {
    let cause: any Error
}
