internal import HTTPTypes
internal import Hummingbird

/// Refuses requests that a web page sent to this machine under a name of its own (DNS rebinding).
///
/// Needed only where nothing else proves who asks: on the loopback address without a token.
struct HostMiddleware: RouterMiddleware {
    let options: ServerOptions

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        if !options.isLocked, options.isLoopback, !HostName(request.head.authority ?? "").isLoopback {
            throw RequestFailure(
                .misdirectedRequest, code: "wrong_host",
                "This server answers only to localhost, 127.0.0.1 and [::1]; give it a token to serve other names."
            )
        }
        return try await next(request, context)
    }
}
