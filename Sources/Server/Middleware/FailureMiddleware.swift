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
            return .failure(failure(for: error, request: request, context: context))
        }
    }

    private func failure(for error: any Error, request: Request, context: ServerContext) -> RequestFailure {
        switch error {
        case let failure as RequestFailure:
            return failure
        case is CancellationError:
            return RequestFailure(
                .serviceUnavailable, code: "stopping", "The server is stopping; send the request to its successor."
            )
        case let error as any HTTPResponseError where error.status.code < 500:
            return routing(error.status, request: request)
        default:
            // Only the type: the text of an error may quote the question.
            let cause = (error as? ServiceFailure)?.cause ?? error
            let model = cause as? LanguageModelError
            context.logger.error(
                "request failed",
                metadata: [
                    "route": "\(context.endpointPath ?? "unmatched")",
                    "error": "\(String(reflecting: type(of: cause)))\(model.map { ": \($0.code)" } ?? "")",
                ]
            )
            return model.map { .model($0, requestID: context.requestID) } ?? .internal(requestID: context.requestID)
        }
    }

    private func routing(_ status: HTTPResponse.Status, request: Request) -> RequestFailure {
        if status == .notFound {
            if let route = Route(path: request.uri.path) {
                return RequestFailure(
                    .methodNotAllowed, code: "method_not_allowed",
                    "\(route.rawValue) takes \(route.allow), not \(request.method.rawValue.prefix(20)).",
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
