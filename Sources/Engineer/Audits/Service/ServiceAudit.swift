internal import Base

/// Looks at a service over HTTP as a stranger would: who gets in, what it says of itself, what it lets be done to it.
package struct ServiceAudit: Sendable {
    /// What is sent.
    package struct Request: Sendable, Hashable {
        package var method: String
        package var path: String
        package var headers: [String: String]
        package var body: String?

        package init(_ method: String, _ path: String, headers: [String: String] = [:], body: String? = nil) {
            self.method = method
            self.path = path
            self.headers = headers
            self.body = body
        }
    }

    /// What comes back; names of headers in small letters.
    package struct Reply: Sendable, Hashable {
        package var status: Int
        package var headers: [String: String]
        package var body: String

        package init(status: Int, headers: [String: String], body: String) {
            self.status = status
            self.headers = headers
            self.body = body
        }
    }

    /// What was found.
    package struct Outcome: Sendable, Hashable {
        package var findings: [AuditFinding] = []
        package var checks: [Audit.Check] = []
        package var unchecked: [String] = []

        package init() {}
    }

    /// Sends a request; throws where no answer comes.
    package typealias Ask = @Sendable (Request) async throws -> Reply

    let ask: Ask
    /// Where it is: `http://127.0.0.1:8080`.
    let url: String
    /// What it wants to be shown; nil where nothing.
    let token: String?
    var outcome = Outcome()

    /// Looks at a service.
    ///
    /// - Parameter token: the token that it was given, where it has one.
    package static func look(at url: String, token: String?, ask: @escaping Ask) async throws -> Outcome {
        var audit = ServiceAudit(ask: ask, url: url, token: token)
        try await audit.access()
        try await audit.headers()
        try await audit.limits()
        try await audit.errors()
        audit.transport()
        return audit.outcome
    }

    /// Whether a service that was told to take so many requests a minute refuses more.
    package static func rate(limit: Int, token: String?, ask: @escaping Ask) async throws -> Outcome {
        var audit = ServiceAudit(ask: ask, url: "", token: token)
        var refused: Reply?
        for _ in 0..<(2 * limit) where refused == nil {
            let reply = try await ask(audit.question())
            if reply.status == 429 { refused = reply }
        }
        audit.note(
            refused?.headers["retry-after"] != nil, "rate-limit", .high,
            good:
                "More than \(limit) requests a minute, where that is the limit, are refused, and the service says for how long.",
            bad: "More than \(limit) requests a minute were answered, though that was the limit.",
            seen: refused.map { "status \($0.status) without Retry-After" } ?? "\(2 * limit) requests answered",
            OWASP.consumption, remedy: "Report it; until then let a proxy in front of the service limit requests.")
        return audit.outcome
    }

    /// A usual question, with the token.
    func question(_ fields: [String: JSONValue] = ["query": "What is this about?"], isKnown: Bool = true) -> Request {
        var headers = ["content-type": "application/json"]
        if isKnown, let token { headers["authorization"] = "Bearer \(token)" }
        return Request("POST", "/v1/answer", headers: headers, body: JSONValue.object(fields).canonicalText)
    }

    /// Writes down what is in order, or what is not.
    mutating func note(
        _ isGood: Bool, _ id: String, _ severity: AuditSeverity, good: String, bad: String, seen: String,
        _ standard: String,
        remedy: String
    ) {
        guard !isGood else { return outcome.checks.append(Audit.Check(family: "service", sentence: good)) }
        outcome.findings.append(
            AuditFinding(
                id: "service.\(id)", family: "service", severity: severity, what: bad, evidence: seen,
                places: url.isEmpty ? [] : [url], standard: standard, remedy: remedy))
    }

    /// Whether only programs of this machine reach it.
    var isLoopback: Bool {
        ["://127.", "://localhost", "://[::1]"].contains { url.contains($0) }
    }
}
