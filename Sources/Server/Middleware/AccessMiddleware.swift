internal import Base
internal import Engineer
internal import HTTPTypes
internal import Hummingbird
internal import RAG

/// Lets through only who may ask: with the service's token, or with a key that is good for the route and not used up. Notes
/// who asked what.
struct AccessMiddleware: RouterMiddleware {
    let token: Secret?
    let groups: Set<AccessGroup>?
    let control: AccessControl?
    let time: TimeSource
    /// Names the release in the log.
    let release: JSONValue?

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let route = Route(path: request.uri.path)
        guard route?.isOpen != true else { return try await next(request, context) }
        let principal = try admit(request, route)
        var context = context
        context.principal = principal
        guard let control, control.keepsLog, let route, route.isQuestion || route == .compare else {
            return try await next(request, context)
        }
        guard control.hasRoom else {
            throw RequestFailure(
                .serviceUnavailable, code: "audit_unwritable",
                "Who asks what has to be logged here, and the log cannot be written; the server's own log says why.",
                headers: [.retryAfter: "5"])
        }
        let notes = RequestNotes()
        context.notes = notes
        do {
            var response = try await next(request, context)
            let status = response.status.code
            guard response.body.contentLength == nil else {
                note(notes, principal, route, status: status, control)
                return response
            }
            // It is still being written; the log tells what became of it.
            let body = response.body
            response.body = ResponseBody { writer in
                defer { note(notes, principal, route, status: status, control) }
                try await body.write(writer)
            }
            return response
        } catch {
            note(notes, principal, route, status: (error as? RequestFailure)?.status.code ?? 500, control)
            throw error
        }
    }

    private func admit(_ request: Request, _ route: Route?) throws(RequestFailure) -> Principal {
        let needsKey = control?.ring.isInUse == true
        guard token != nil || needsKey else { return .anybody(groups) }
        let given =
            Self.bearer(request.headers[.authorization])
            ?? (route?.takesAPIKey == true ? request.headers[.apiKey] : nil)
        guard let given else { throw Self.unauthorized(needsKey) }
        if let token, token.matches(given) { return .owner(groups) }
        guard let control, needsKey else { throw Self.unauthorized(needsKey) }
        switch control.ring.find(given, at: time.now()) {
        case .unknown: throw Self.unauthorized(needsKey)
        case .ended(let key):
            throw Self.unauthorized(
                needsKey, "This key \(key.revoked == nil ? "has expired" : "was taken back"); ask for another one.")
        case .unreadable:
            throw RequestFailure(
                .serviceUnavailable, code: "keys_unreadable",
                "The server cannot read its keys at the moment, so none opens it; its log says why.",
                headers: [.retryAfter: "5"])
        case .key(let key):
            try checkScope(key, route)
            try checkLimits(key, route, control)
            return Principal(name: key.name, key: key, groups: key.groups)
        }
    }

    private func checkScope(_ key: AccessKey, _ route: Route?) throws(RequestFailure) {
        guard let route, let scope = route.scope, !key.scopes.contains(scope) else { return }
        let own = key.scopes.sorted().map(\.rawValue).joined(separator: ", ")
        throw RequestFailure(
            .forbidden, code: "out_of_scope",
            "\(route.rawValue) needs a key with the scope \(scope.rawValue), and this one has \(own.isEmpty ? "none" : own)."
        )
    }

    private func checkLimits(_ key: AccessKey, _ route: Route?, _ control: AccessControl) throws(RequestFailure) {
        guard route?.isLimited != false, key.perMinute != nil || key.perDay != nil else { return }
        guard
            case .refused(let span, let most, let seconds) = control.limits.take(
                key, used: control.ring.usage(of: key.id))
        else { return }
        throw RequestFailure(
            .tooManyRequests, code: "too_many_requests",
            "This key has \(most) requests a \(span); ask again in \(seconds) s.",
            headers: [.retryAfter: String(seconds)])
    }

    private func note(
        _ notes: RequestNotes, _ principal: Principal, _ route: Route, status: Int, _ control: AccessControl
    ) {
        let (query, documents) = notes.gathered
        var facts: [String: JSONValue] = [
            "route": .string(route.rawValue), "status": .integer(status),
            "documents": .array(documents.map { .string($0) }),
        ]
        if let key = principal.key { facts["key"] = .string(key.id) }
        if let release { facts["release"] = release }
        control.note(
            AuditEvent(
                route == .retrieve ? "retrieve" : "ask", by: principal.name, at: time.now(), facts: facts, query: query)
        )
    }

    private static func unauthorized(_ needsKey: Bool, _ reason: String? = nil) -> RequestFailure {
        RequestFailure(
            .unauthorized, code: "unauthorized",
            reason
                ?? (needsKey
                    ? "This server needs a key of yours; send it as Authorization: Bearer neo_…"
                    : "This server needs its token; send it as Authorization: Bearer <token>."),
            headers: [.wwwAuthenticate: "Bearer realm=\"neo\""])
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

extension Route {
    /// What a key must be good for; nil where any key is.
    var scope: AccessScope? {
        switch self {
        case .answer, .run, .chatCompletions, .messages, .compare: .answer
        case .retrieve: .retrieve
        case .feedback: .feedback
        case .metrics: .metrics
        default: nil
        }
    }
}
