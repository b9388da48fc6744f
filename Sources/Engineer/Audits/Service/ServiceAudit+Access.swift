internal import Base

extension ServiceAudit {
    /// The paths that tell something of the documents or of who asks.
    private static let guarded = [
        Request("GET", "/metrics"), Request("GET", "/version"), Request("GET", "/openapi.json"),
        Request("GET", "/v1/models"),
    ]

    /// Who gets in.
    mutating func access() async throws {
        let stranger = try await ask(question(isKnown: false))
        if token == nil {
            note(
                stranger.status == 401 || isLoopback, "authentication", .critical,
                good: stranger.status == 401
                    ? "Without a token nothing is answered."
                    : "The service answers everybody, and only programs of this machine reach it.",
                bad: "Everybody who reaches the service may ask it, and reads the documents by that.",
                seen: "POST /v1/answer without a token: \(stranger.status)", OWASP.disclosure,
                remedy: "Serve it with a token: `neo serve --token-file FILE`.")
            outcome.unchecked.append(
                "Whether people see only the documents that are meant for them: the service knows no people yet, only one token "
                    + "for all (\(OWASP.vectors)).")
            return
        }
        var request = question(isKnown: false)
        request.headers["authorization"] = "Bearer wrong"
        let wrong = try await ask(request)
        note(
            stranger.status == 401 && wrong.status == 401, "authentication", .critical,
            good: "Without the token, and with a wrong one, nothing is answered.",
            bad: "A question was answered without the right token.",
            seen: "without: \(stranger.status), wrong: \(wrong.status)", OWASP.disclosure,
            remedy: "Report it, and take the service down until it is mended.")
        var open: [String] = []
        for request in Self.guarded where try await ask(request).status != 401 { open.append(request.path) }
        note(
            open.isEmpty, "open-paths", .high,
            good: "Figures, versions and the list of paths are told only with the token.",
            bad: "Some paths answer without the token.", seen: open.joined(separator: ", "), OWASP.disclosure,
            remedy: "Let a proxy in front of the service refuse these paths to strangers.")
        var doubled = question()
        doubled.path = "//v1/answer"
        doubled.headers["authorization"] = nil
        let way = try await ask(doubled)
        note(
            way.status == 401 || way.status == 404, "path-tricks", .critical,
            good: "Another spelling of a path does not lead around the token.",
            bad: "Another spelling of a path leads around the token.", seen: "POST //v1/answer: \(way.status)",
            OWASP.disclosure, remedy: "Report it, and take the service down until it is mended.")
        outcome.unchecked.append(
            "Whether people see only the documents that are meant for them: the service knows no people yet, only one token for "
                + "all (\(OWASP.vectors)).")
    }

    /// What browsers are told.
    mutating func headers() async throws {
        let reply = try await ask(question())
        let wanted = [
            "x-content-type-options": "nosniff", "x-frame-options": "DENY", "content-security-policy": "default-src",
            "referrer-policy": "no-referrer", "cache-control": "no-store",
        ]
        let missing = wanted.filter { name, value in reply.headers[name]?.contains(value) != true }.keys.sorted()
        note(
            missing.isEmpty, "headers", .medium,
            good: "Answers tell browsers not to guess their kind, not to frame, run or keep them.",
            bad: "Answers lack headers that keep browsers from doing with them what they are not for.",
            seen: missing.joined(separator: ", "), OWASP.output, remedy: "Let a proxy in front of the service add them."
        )
        var foreign = question()
        foreign.headers["origin"] = "https://attacker.example"
        let shared = try await ask(foreign).headers["access-control-allow-origin"]
        note(
            shared == nil, "origin", .high, good: "Pages of other sites may not read answers.",
            bad: "Pages of other sites may read answers.", seen: "access-control-allow-origin: \(shared ?? "")",
            OWASP.disclosure, remedy: "Take the header out where it is added.")
        let banner = reply.headers["server"] ?? reply.headers["x-powered-by"]
        note(
            banner == nil, "banner", .low, good: "Answers do not say which programs serve them.",
            bad: "Answers say which programs serve them.", seen: banner ?? "", OWASP.disclosure,
            remedy: "Take the header out where it is added.")
    }

    /// What keeps others from reading along.
    mutating func transport() {
        if url.hasPrefix("https://") {
            outcome.checks.append(Audit.Check(family: "service", sentence: "The service is reached over TLS."))
        } else if isLoopback {
            outcome.unchecked.append(
                "TLS: the service was looked at on this machine, where none is needed. Where others are to reach it, put a proxy "
                    + "with a certificate before it, and audit it there with --url https://….")
        } else {
            note(
                false, "tls", .high, good: "",
                bad: "Questions, answers and the token go through the network as plain text.",
                seen: url, OWASP.disclosure, remedy: "Put a proxy with a certificate before the service.")
        }
    }
}
