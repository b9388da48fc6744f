internal import HTTPTypes
internal import Hummingbird
internal import LanguageModels
internal import Logging

/// Turns every error into the JSON that clients are promised.
struct FailureMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let failure = Self.failure(
                for: error, path: request.uri.path, method: request.method.rawValue, context: context)
            return .failure(failure, form: ErrorForm(request), requestID: context.requestID)
        }
    }

    /// What a client is told of an error. What it is not told goes to the log.
    static func failure(
        for error: any Error, path: String, method: String, context: ServerContext
    ) -> RequestFailure {
        switch error {
        case let failure as RequestFailure:
            return failure
        case is CancellationError:
            return .stopping
        case is AnswerFeed.ClientLeft:
            // Nobody hears it but the log and the metrics; nginx uses this number, too.
            return RequestFailure(
                HTTPResponse.Status(code: 499, reasonPhrase: "Client Closed Request"), code: "client_left",
                "The client closed the connection before the answer.")
        case let error as any HTTPResponseError where error.status.code < 500:
            return routing(error.status, path: path, method: method)
        default:
            // Only the type: the text of an error may quote the question.
            let cause = (error as? ServiceFailure)?.cause ?? error
            let model = cause as? LanguageModelError
            context.logger.error(
                "request failed",
                metadata: [
                    "route": "\(context.endpointPath ?? "unmatched")",
                    "error": "\(String(reflecting: type(of: cause)))\(model.map { ": \($0.code.word)" } ?? "")",
                ]
            )
            return model.map { .model($0, requestID: context.requestID) } ?? .internal(requestID: context.requestID)
        }
    }

    private static func routing(_ status: HTTPResponse.Status, path: String, method: String) -> RequestFailure {
        if status == .notFound {
            if let route = Route(path: path) {
                return RequestFailure(
                    .methodNotAllowed, code: "method_not_allowed",
                    "\(route.rawValue) takes \(route.allow), not \(method.prefix(20)).",
                    headers: [.allow: route.allow]
                )
            }
            return RequestFailure(
                .notFound, code: "not_found", "There is nothing at this path; GET /openapi.json lists what there is."
            )
        }
        return RequestFailure(status, code: "bad_request", "The request cannot be read: \(status.reasonPhrase).")
    }
}
