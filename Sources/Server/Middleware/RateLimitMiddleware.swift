internal import HTTPTypes
internal import Hummingbird

/// Bounds how often one client may ask. It stands before the token's check, so that it bounds guesses too.
struct RateLimitMiddleware: RouterMiddleware {
    let buckets: TokenBuckets?

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard let buckets, Route(path: request.uri.path)?.isLimited != false else {
            return try await next(request, context)
        }
        switch buckets.take(for: context.client) {
        case .granted:
            return try await next(request, context)
        case .refused(let seconds):
            throw RequestFailure(
                .tooManyRequests, code: "too_many_requests",
                "More than \(buckets.perMinute) requests a minute; ask again in \(seconds) s.",
                headers: [.retryAfter: String(seconds)]
            )
        }
    }
}
