internal import HTTPTypes
internal import Hummingbird

/// Lets through only the paths of `Route`. The router would also take `//healthz` for `/healthz`; then limits, tokens
/// and metrics, which go by `Route`, would not know what is answered.
struct PathMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard Route(path: request.uri.path) != nil else { throw HTTPError(.notFound) }
        return try await next(request, context)
    }
}
