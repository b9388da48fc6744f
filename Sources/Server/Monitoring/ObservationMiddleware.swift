internal import Base
internal import HTTPTypes
internal import Hummingbird
internal import RAG
internal import Storage

/// Notes each question that came in, for the log of requests. It stands behind the token and the limits: what they refuse
/// was asked by nobody known, and is counted only.
struct ObservationMiddleware: RouterMiddleware {
    let log: RequestLog
    let time: TimeSource

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard let route = Route(path: request.uri.path), route.isQuestion else {
            return try await next(request, context)
        }
        let start = time.nanoseconds()
        let observation = RequestObservation()
        var context = context
        context.observation = observation
        let given = ReleaseOfRequest.current
        let end: @Sendable (Int, (any Error)?) -> Void = { [context] status, error in
            log.add(
                RequestLog.Entry(
                    id: context.requestID ?? "0", route: route, status: status, error: error,
                    nanoseconds: time.nanoseconds() &- start, ended: time.nanoseconds(),
                    probe: request.headers[RequestLog.probeHeader], observation: observation,
                    release: given?.release.number))
        }
        do {
            var response = try await QuestionTrace.$current.withValue(observation.trace) {
                try await CallScope.$current.withValue(observation.calls) { try await next(request, context) }
            }
            // A response without a length is still being made: it ends with its last word.
            guard response.body.contentLength == nil else {
                end(response.status.code, nil)
                return response
            }
            let (body, status) = (response.body, response.status.code)
            response.body = ResponseBody { writer in
                do {
                    try await body.write(writer)
                    end(status, observation.all.failure)
                } catch {
                    // What fails behind the words is noted; what fails here is that nobody takes them.
                    end(status, observation.all.failure ?? AnswerFeed.ClientLeft())
                    throw error
                }
            }
            return response
        } catch {
            end((error as? RequestFailure)?.status.code ?? 500, error)
            throw error
        }
    }
}
