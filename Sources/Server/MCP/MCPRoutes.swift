internal import Base
internal import HTTPTypes
internal import Hummingbird
internal import MCP

/// The address of streamable HTTP: takes every message of a client, of both revisions.
///
/// Source: Model Context Protocol, revisions 2026-07-28 and 2025-11-25, Transports, "Streamable HTTP".
struct MCPRoutes: Sendable {
    static let path = "/mcp"
    /// Arguments of tools may be nested; those of ours are not, by much.
    private static let jsonDepth = 32

    let work: MCPWork
    let sessions: MCPSessions
    let options: ServerOptions

    /// Adds the handlers.
    func add(to router: Router<ServerContext>) {
        router.get("/healthz") { _, _ in Response.json(["status": "ok"]) }
        router.post(RouterPath(Self.path)) { request, context in try await post(request, context) }
        router.delete(RouterPath(Self.path)) { request, _ in try end(request) }
        for method in [HTTPRequest.Method.get, .head, .put, .patch, .options] {
            router.on(RouterPath(Self.path), method: method) { request, _ -> Response in
                // Both revisions allow this: there is nothing that the server would say of its own accord.
                throw RequestFailure(
                    .methodNotAllowed, code: "method_not_allowed",
                    "\(Self.path) takes POST, and DELETE for sessions, not \(request.method.rawValue.prefix(20)).",
                    headers: [.allow: "POST, DELETE"])
            }
        }
    }

    private func post(_ request: Request, _ context: ServerContext) async throws -> Response {
        let accepts = (request.headers[.accept] ?? "*/*").lowercased()
        let takesEvents = accepts.contains("text/event-stream")
        guard takesEvents || accepts.contains("application/json") || accepts.contains("*/*") else {
            throw RequestFailure(
                .notAcceptable, code: "not_acceptable",
                "Answers are application/json or text/event-stream: say in Accept that you take both.")
        }
        let object = try await request.jsonObject(
            maximumBytes: options.maximumBodyBytes, maximumDepth: Self.jsonDepth)
        let message: MCPMessage
        do throws(MCPError) { message = try MCPMessage(.object(object)) } catch {
            return fault(MCPErrorNumber.invalidRequest, error.message)
        }
        let version = MCPHeaders.version(request)
        let isModern =
            version == MCPRevision.modern.rawValue || object["params"]?["_meta"]?[MCPName.version] != nil
        return isModern
            ? try await answerModern(message, request, context, takesEvents: takesEvents)
            : try await answerLegacy(message, request, context, version: version, takesEvents: takesEvents)
    }

    /// Of 2026-07-28: every request stands for itself.
    private func answerModern(
        _ message: MCPMessage, _ request: Request, _ context: ServerContext, takesEvents: Bool
    ) async throws -> Response {
        switch message {
        // The connection that is closed takes a request back; there is nothing else that could be told.
        case .notification: return Response(status: .accepted)
        case .response: return fault(MCPErrorNumber.invalidRequest, "Clients send no responses here.")
        case .request(let asked):
            if let mismatch = MCPHeaders.mismatch(request, asked) {
                return fault(MCPErrorNumber.headerMismatch, mismatch, id: asked.id)
            }
            // What another client has under way has other ids.
            return try await work.response(
                to: asked, in: MCPServedSession(), for: context.connection, takesEvents: takesEvents
            ) { answer in
                guard case .failure(let fault) = answer.outcome else { return .ok }
                return Self.status(of: fault.number)
            }
        }
    }

    private static func status(of number: Int) -> HTTPResponse.Status {
        switch number {
        case MCPErrorNumber.methodNotFound: .notFound
        case MCPErrorNumber.invalidRequest, MCPErrorNumber.invalidParams, MCPErrorNumber.headerMismatch,
            MCPErrorNumber.missingCapability, MCPErrorNumber.unsupportedVersion:
            .badRequest
        default: .ok
        }
    }

    /// Of 2025-11-25 and before: `initialize` begins a session, whose id every other message has.
    private func answerLegacy(
        _ message: MCPMessage, _ request: Request, _ context: ServerContext, version: String?, takesEvents: Bool
    ) async throws -> Response {
        guard version.map(MCPRevision.handshakes.contains) ?? true else {
            return fault(MCPErrorNumber.unsupportedVersion, "Revision \(version?.prefix(40) ?? "") is not spoken here.")
        }
        if case .request(let asked) = message, asked.method == "initialize" {
            let (id, session) = sessions.begin()
            var response = try await work.response(
                to: asked, in: session, for: context.connection, takesEvents: takesEvents
            ) { _ in .ok }
            response.headers[MCPHeaders.sessionID] = id
            return response
        }
        guard let id = request.headers[MCPHeaders.sessionID] else {
            return fault(
                MCPErrorNumber.invalidRequest,
                "Say in `_meta` and in MCP-Protocol-Version which revision the request is of, or begin with `initialize` and "
                    + "send its Mcp-Session-Id.")
        }
        guard let session = sessions.find(id) else {
            return fault(
                MCPErrorNumber.invalidRequest, "There is no such session (any more): begin anew with `initialize`.",
                status: .notFound)
        }
        switch message {
        case .notification(let notification):
            session.take(notification)
            return Response(status: .accepted)
        case .response: return Response(status: .accepted)
        case .request(let asked):
            return try await work.response(
                to: asked, in: session, for: context.connection, takesEvents: takesEvents
            ) { _ in .ok }
        }
    }

    private func end(_ request: Request) throws -> Response {
        guard let id = request.headers[MCPHeaders.sessionID] else {
            throw RequestFailure(
                .badRequest, code: "no_session", "DELETE ends a session: send its Mcp-Session-Id.")
        }
        guard sessions.end(id) else {
            throw RequestFailure(.notFound, code: "not_found", "There is no such session (any more).")
        }
        return Response(status: .noContent)
    }

    private func fault(
        _ number: Int, _ words: String, id: JSONValue = .null, status: HTTPResponse.Status = .badRequest
    ) -> Response {
        .json(MCPResponse(id: id, outcome: .failure(MCPFault(number, words))).json, status: status)
    }
}
