internal import HTTPTypes
internal import Hummingbird

/// Refuses what a web page of elsewhere has a browser send: browsers say in `Origin` whose page it is, and programs say
/// nothing.
struct OriginMiddleware: RouterMiddleware {
    let options: ServerOptions

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard request.headers[values: .origin].allSatisfy({ isAllowed($0, on: request.head.authority ?? "") }) else {
            throw RequestFailure(
                .forbidden, code: "wrong_origin",
                "A web page of elsewhere may not use this server: its Origin is another machine's.")
        }
        return try await next(request, context)
    }

    private func isAllowed(_ origin: String, on authority: String) -> Bool {
        guard let scheme = ["http://", "https://"].first(where: { origin.lowercased().hasPrefix($0) }) else {
            return false
        }
        let host = HostName(String(origin.dropFirst(scheme.count)))
        // Who is locked out by a token cannot be fooled by a name.
        return options.isLoopback ? host.isLoopback : options.isLocked && host == HostName(authority)
    }
}
