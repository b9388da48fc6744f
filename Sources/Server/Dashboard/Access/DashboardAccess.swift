internal import Base
internal import HTTPTypes
internal import Hummingbird

/// Lets through only browsers that may look, and forms that come from our own pages.
///
/// On the loopback address without a token every browser of this machine gets a session with its first page. With a token a
/// person signs in with it. What writes must come from a page of this very server (`Origin`), with the session's cookie, and
/// with the token of its form, which is checked where the form is read.
struct DashboardAccess: RouterMiddleware {
    let options: ServerOptions
    let sessions: BrowserSessions

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        if options.isLoopback, options.token == nil { try checkHost(request) }
        let isReading = request.method == .get || request.method == .head
        if !isReading { try checkOrigin(request) }
        let path = request.uri.path
        if path.hasPrefix("/assets/") { return try await next(request, context) }
        var context = context
        if let session = sessions.find(in: request.headers[.cookie]) {
            context.browser = session
            return try await next(request, context)
        }
        guard let token = options.token else {
            guard isReading else { throw Self.noSession }
            let session = sessions.begin()
            context.browser = session
            var response = try await next(request, context)
            response.headers[.setCookie] = sessions.header(session)
            return response
        }
        if path == "/login" { return try await next(request, context) }
        // For programs that fetch figures; they cannot write, because they have no form.
        if isReading, let given = AccessMiddleware.bearer(request.headers[.authorization]), token.matches(given) {
            return try await next(request, context)
        }
        guard isReading else { throw Self.noSession }
        throw RequestFailure(
            .unauthorized, code: "unauthorized", "This dashboard needs its token; sign in at /login.",
            headers: [.wwwAuthenticate: "Bearer realm=\"neo dashboard\""])
    }

    /// A page of another name that resolves to this machine must not read it (DNS rebinding).
    private func checkHost(_ request: Request) throws {
        guard HostName(request.head.authority ?? "").isLoopback else {
            throw RequestFailure(
                .misdirectedRequest, code: "wrong_host",
                "This dashboard answers only to localhost, 127.0.0.1 and [::1]; give it a token to serve other names.")
        }
    }

    /// Browsers say where a form comes from. What says nothing is no browser.
    private func checkOrigin(_ request: Request) throws {
        let origin = request.headers[.origin] ?? ""
        let authority = request.head.authority ?? ""
        let site = HTTPField.Name("sec-fetch-site").flatMap { request.headers[$0] } ?? "same-origin"
        let own = ["http://\(authority)", "https://\(authority)"]
        guard !authority.isEmpty, own.contains(origin.lowercased()) || own.contains(origin), site == "same-origin"
        else {
            throw RequestFailure(
                .forbidden, code: "wrong_origin",
                "This was not sent from a page of this dashboard; open the dashboard and do it there.")
        }
    }

    private static let noSession = RequestFailure(
        .forbidden, code: "no_session", "This browser has no session here, or it ended; load the page again.")
}
