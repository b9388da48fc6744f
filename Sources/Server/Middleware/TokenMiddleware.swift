internal import Base
internal import HTTPTypes
internal import Hummingbird

/// Lets through only who knows the token, where there is one.
struct TokenMiddleware: RouterMiddleware {
    let token: Secret?

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let route = Route(path: request.uri.path)
        guard let token, route?.isOpen != true else { return try await next(request, context) }
        let key = route?.takesAPIKey == true ? request.headers[.apiKey] : nil
        guard let given = Self.bearer(request.headers[.authorization]) ?? key, token.matches(given) else {
            throw RequestFailure(
                .unauthorized, code: "unauthorized",
                "This server needs its token; send it as Authorization: Bearer <token>.",
                headers: [.wwwAuthenticate: "Bearer realm=\"neo\""]
            )
        }
        return try await next(request, context)
    }

    /// The token in a header; the scheme's name has no case (RFC 9110, section 11.1).
    static func bearer(_ header: String?) -> String? {
        guard let parts = header?.split(separator: " ", maxSplits: 1), parts.count == 2 else { return nil }
        guard parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1].drop { $0 == " " })
    }
}

extension HTTPField.Name {
    /// Where Anthropic's clients put their key.
    static let apiKey = HTTPField.Name("x-api-key") ?? .authorization
    /// Which version of Anthropic's protocol a client speaks.
    static let anthropicVersion = HTTPField.Name("anthropic-version") ?? .authorization
}
