internal import HTTPTypes
internal import Hummingbird

/// Adds the headers that keep browsers from doing with an answer what it is not for.
struct SecurityHeadersMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        set("x-content-type-options", "nosniff", in: &response)
        set("x-frame-options", "DENY", in: &response)
        set("referrer-policy", "no-referrer", in: &response)
        set("cross-origin-resource-policy", "same-origin", in: &response)
        set("cross-origin-opener-policy", "same-origin", in: &response)
        set("permissions-policy", "camera=(), geolocation=(), microphone=()", in: &response)
        set("content-security-policy", "default-src 'none'; frame-ancestors 'none'", in: &response)
        set("cache-control", "no-store", in: &response)
        if let id = context.requestID { set("x-request-id", id, in: &response) }
        return response
    }

    /// A handler's own value stays: the chat page allows itself more than a JSON answer may.
    private func set(_ name: String, _ value: String, in response: inout Response) {
        guard let name = HTTPField.Name(name), response.headers[name] == nil else { return }
        response.headers[name] = value
    }
}
