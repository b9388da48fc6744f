internal import Base
internal import HTTPTypes
internal import Hummingbird

/// Lets through only who knows the token, where there is one.
struct TokenMiddleware: RouterMiddleware {
    let token: Secret?

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard let token, Route(path: request.uri.path)?.isOpen != true else { return try await next(request, context) }
        guard let given = Self.bearer(request.headers[.authorization]), token.matches(given) else {
            throw RequestFailure(
                .unauthorized, code: "unauthorized",
                "This server needs its token; send it as Authorization: Bearer <token>.",
                headers: [.wwwAuthenticate: "Bearer realm=\"neo\""]
            )
        }
        return try await next(request, context)
    }

    /// The token in a header; the scheme's name has no case (RFC 9110, section 11.1).
    private static func bearer(_ header: String?) -> String? {
        guard let parts = header?.split(separator: " ", maxSplits: 1), parts.count == 2 else { return nil }
        guard parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1].drop { $0 == " " })
    }
}
