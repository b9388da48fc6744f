internal import HTTPTypes
internal import Hummingbird
internal import Telemetry

/// Goes on with the trace of a client that sends one (`traceparent`), where telemetry is on.
struct TraceMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard let telemetry = Telemetry.current else { return try await next(request, context) }
        var headers: [String: String] = [:]
        for name in ["traceparent", "tracestate"] {
            headers[name] = HTTPField.Name(name).flatMap { request.headers[$0] }
        }
        return try await telemetry.continuing(headers) { try await next(request, context) }
    }
}
