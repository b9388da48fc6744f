internal import HTTPTypes
internal import Hummingbird

/// Gives each request its release, and names it in the answer's header.
struct ReleaseMiddleware: RouterMiddleware {
    /// Nil where the service has no releases.
    let releases: ReleaseSwitch?

    /// The header.
    static let header = HTTPField.Name("neo-release")

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard let releases else { return try await next(request, context) }
        guard Route(path: request.uri.path)?.isQuestion == true else {
            var response = try await next(request, context)
            if let header = Self.header { response.headers[header] = String(releases.live) }
            return response
        }
        let given = releases.begin()
        return try await ReleaseOfRequest.$current.withValue(given) {
            var response = try await next(request, context)
            if let header = Self.header { response.headers[header] = String(given.release.number) }
            return response
        }
    }
}
