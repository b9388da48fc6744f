internal import Base
internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Counts and times requests, and writes a line for each that names route, status and time, never the question.
struct MetricsMiddleware: RouterMiddleware {
    let metrics: RequestMetrics
    let time: TimeSource

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let start = time.nanoseconds()
        metrics.begin()
        do {
            var response = try await next(request, context)
            // A response without a length is still being made: it ends with its last word.
            guard response.body.contentLength == nil else {
                end(request, status: response.status.code, since: start, context: context)
                return response
            }
            let (body, status) = (response.body, response.status.code)
            response.body = ResponseBody { writer in
                defer { end(request, status: status, since: start, context: context) }
                try await body.write(writer)
            }
            return response
        } catch {
            end(request, status: 500, since: start, context: context)
            throw error
        }
    }

    private func end(_ request: Request, status: Int, since start: UInt64, context: ServerContext) {
        let seconds = Double(time.nanoseconds() &- start) / 1e9
        // Only known routes and methods: what a client makes up must not become a label.
        let route = Route(path: request.uri.path)?.rawValue ?? "unmatched"
        let method = ["GET", "HEAD", "POST"].contains(request.method.rawValue) ? request.method.rawValue : "other"
        metrics.end(RequestMetrics.Label(route: route, method: method, status: status), seconds: seconds)
        context.logger.info(
            "request",
            metadata: [
                "route": "\(route)", "method": "\(method)", "status": "\(status)",
                "ms": "\((seconds * 1_000_000).rounded() / 1000)",
            ]
        )
    }
}
