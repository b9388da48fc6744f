internal import Base
internal import Engineer
internal import HTTPTypes
internal import Hummingbird

/// Shows people what they label, and takes what they say. Who has a token's address may label with it; nothing else is here.
struct LabelRoutes: Sendable {
    let desk: LabelDesk

    /// Adds the handlers.
    func add(to router: Router<ServerContext>) {
        router.get("/healthz") { _, _ in Response.json(["status": "ok"]) }
        router.get("/label.css") { _, _ in Response.text(LabelPage.style, type: "text/css; charset=utf-8") }
        router.get("/label.js") { _, _ in Response.text(LabelPage.script, type: "text/javascript; charset=utf-8") }
        router.get(RouterPath(DashboardAssets.icon.path)) { _, _ in DashboardAssets.icon.response }
        for path in ["/", "/**"] {
            router.get(RouterPath(path)) { _, _ in
                Response.text(LabelPage.stranger, type: "text/html; charset=utf-8", status: .notFound)
            }
        }
        router.get("/label/:token") { _, context in
            try await show(try context.parameters.require("token"), notice: nil)
        }
        router.post("/label/:token") { request, context in
            let token = try context.parameters.require("token")
            let form = try await FormBody(reading: request)
            do {
                try await take(form, token: token)
            } catch let error as EngineerError where error.code == .invalidRequest {
                var response = try await show(token, notice: error.message)
                if response.status == .ok { response.status = .conflict }
                return response
            }
            // A page that is loaded again sends nothing twice.
            return .redirect(to: "/label/" + FormBody.encoded(token), type: .normal)
        }
    }

    private func take(_ form: FormBody, token: String) async throws {
        guard let category = LabelCategory(rawValue: form["category"] ?? "") else {
            throw EngineerError(code: .invalidRequest, message: "Choose good, wrong, or cannot be told.")
        }
        try await desk.take(
            token: token, item: form["item"] ?? "", category: category, comment: form["comment"] ?? "",
            name: form["name"] ?? "")
    }

    private func show(_ token: String, notice: String?) async throws -> Response {
        var headers: HTTPFields = [:]
        headers[.contentSecurityPolicy] = PageRenderer.contentSecurityPolicy
        // The address is the right to label: it is told to nobody.
        if let name = HTTPField.Name("referrer-policy") { headers[name] = "no-referrer" }
        headers[.cacheControl] = "no-store"
        guard let view = try await desk.view(token: token) else {
            var response = Response.text(LabelPage.stranger, type: "text/html; charset=utf-8", headers: headers)
            response.status = .notFound
            return response
        }
        return .text(LabelPage.sheet(view, notice: notice), type: "text/html; charset=utf-8", headers: headers)
    }
}
