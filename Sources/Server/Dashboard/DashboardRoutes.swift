internal import Base
internal import Engineer
internal import HTTPTypes
internal import Hummingbird

/// Answers browsers.
struct DashboardRoutes: Sendable {
    let options: ServerOptions
    let pages: DashboardPages
    let renderer: PageRenderer
    let sessions: BrowserSessions
    let memory: BrowserMemory
    let hub: LiveHub
    let time: TimeSource

    /// Adds the handlers. Paths have names of projects and files in them, so pages find themselves by their path.
    func add(to router: Router<ServerContext>) {
        for path in ["/", "/**"] {
            router.get(RouterPath(path)) { request, context in try await show(request, context) }
            router.post(RouterPath(path)) { request, context in try await write(request, context) }
        }
    }

    private func show(_ request: Request, _ context: ServerContext) async throws -> Response {
        let path = request.uri.path
        let query = FormBody(request.uri.query ?? "")
        if let asset = DashboardAssets.find(path) { return asset.response }
        switch path {
        case "/login": return signIn(query, context)
        case "/healthz": return .json(["status": "ok"])
        case "/events": return try await follow(query["page"] ?? "/", context)
        default: break
        }
        let isAsked = Self.isAsked(request)
        if let file = try await file(path, query, context) { return file }
        if let picture = try await picture(path) { return picture }
        if let table = try await table(path, query, isAsked: isAsked) { return table }
        let page = try await pages.page(
            path, query, isAsked: isAsked, visitor: memory.visitor(of: context.browser))
        if isAsked, let sign = ReaderForms.sign(ofPath: path) {
            memory.note(context.browser) { $0.reader.estimate.note(sign) }
        }
        return renderer.response(page, browser: context.browser, path: request.uri.string)
    }

    /// Keeps a page up to date. The path is one of ours and comes from our own page; another one has no parts.
    private func follow(_ address: String, _ context: ServerContext) async throws -> Response {
        let (path, query) = Self.split(address)
        let (pages, renderer, memory, browser) = (pages, renderer, memory, context.browser)
        let first = try await pages.page(path, query, visitor: memory.visitor(of: browser))
        return try LiveParts(hub: hub) {
            guard let page = try? await pages.page(path, query, visitor: memory.visitor(of: browser)) else {
                return nil
            }
            return renderer.parts(page, browser: browser, path: address)
        }.response(of: first.project)
    }

    private static func split(_ address: String) -> (String, FormBody) {
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts.first ?? "/"), FormBody(parts.count > 1 ? parts[1] : ""))
    }

    private func signIn(_ query: FormBody, _ context: ServerContext) -> Response {
        let page = Page(
            "login", title: "Sign in",
            model: ["next": .string(Self.ownPath(query["next"])), "isWrong": .bool(query["wrong"] != nil)])
        return renderer.response(page, browser: context.browser, path: "")
    }

    private func write(_ request: Request, _ context: ServerContext) async throws -> Response {
        let path = request.uri.path
        if path == "/login" {
            let form = try await FormBody(reading: request)
            let next = Self.ownPath(form["next"])
            guard let token = options.token, token.matches(form["token"] ?? "") else {
                return .redirect(to: "/login?wrong=1&next=" + FormBody.encoded(next), type: .normal)
            }
            var response = Response.redirect(to: next, type: .normal)
            response.headers[.setCookie] = sessions.header(sessions.begin())
            return response
        }
        let form = try await FormBody(request, context)
        if path == "/logout" {
            var response = Response.redirect(to: "/login", type: .normal)
            response.headers[.setCookie] = sessions.forgetting
            return response
        }
        if path == "/level" { return try ReaderForms.take(form, memory, context.browser) }
        memory.note(context.browser) { ReaderForms.note(form, path: path, in: &$0.reader.estimate) }
        // The name that somebody typed stands in the next form, too.
        if let name = form.filled("author") { memory.note(context.browser) { $0.name = String(name.prefix(100)) } }
        var answer = try await pages.takeEdit(form, path: path)
        if answer == nil { answer = try await pages.takeReply(form, path: path, memory.visitor(of: context.browser)) }
        if answer == nil {
            answer = try await pages.takeDecision(form, path: path, memory.visitor(of: context.browser))
        }
        switch answer {
        case .written(let place)?: return .redirect(to: Self.ownPath(place), type: .normal)
        case .refused(let page, let status)?:
            var response = renderer.response(page, browser: context.browser, path: "")
            response.status = status
            return response
        case nil: break
        }
        try await DashboardForms(projects: pages.projects, time: time).take(form, path: path)
        return .redirect(to: Self.ownPath(form["next"]), type: .normal)
    }

    /// A path of this server; the first page in place of an address elsewhere.
    static func ownPath(_ text: String?) -> String {
        guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), !text.hasPrefix("/\\"),
            text.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) && $0 != "\\" })
        else { return "/" }
        return text
    }
}
