internal import Base

extension ServiceAudit {
    /// What one request may ask for.
    mutating func limits() async throws {
        var large = question()
        large.body = "{\"query\":\"" + String(repeating: "a", count: 2_000_000) + "\"}"
        // A server may close the connection before all of it was sent.
        let body = try? await ask(large)
        note(
            body == nil || [400, 413].contains(body?.status ?? 0), "body-size", .high,
            good: "A body of two megabytes is refused.", bad: "A body of two megabytes was taken.",
            seen: "status \(body?.status ?? 0)", OWASP.consumption, remedy: "Lower --max-body-bytes.")
        try await refuse(
            ["query": .string(String(repeating: "why ", count: 20_000))], "question-length",
            "A question of 20,000 words",
            remedy: "Lower --max-question.")
        try await refuse(
            ["query": "What?", "k": 1_000_000], "passages", "A request for a million passages",
            remedy: "Lower --max-passages.")
        try await refuse(
            ["query": "What?", "k": -1], "negative-passages", "A request for fewer than no passages",
            remedy: "Report it.")
        var deep = question()
        deep.body =
            "{\"query\":\"a\",\"filter\":" + String(repeating: "[", count: 20_000)
            + String(repeating: "]", count: 20_000) + "}"
        let nested = try? await ask(deep)
        let alive = try? await ask(Request("GET", "/healthz"))
        note(
            alive?.status == 200 && [400, 413].contains(nested?.status ?? 400), "nesting", .high,
            good: "Brackets in brackets, twenty thousand deep, are refused, and the service lives.",
            bad: "Brackets in brackets bring the service down, or are taken.",
            seen: "status \(nested?.status ?? 0), then \(alive?.status ?? 0)", OWASP.consumption, remedy: "Report it.")
        outcome.unchecked.append(
            "What a model costs at most: the tokens of an answer are bounded by the configuration, and money by the budgets of "
                + "neo.yaml, where there are any (\(OWASP.consumption)).")
    }

    private mutating func refuse(
        _ fields: [String: JSONValue], _ id: String, _ what: String, remedy: String
    ) async throws {
        let reply = try await ask(question(fields))
        note(
            (400..<500).contains(reply.status), id, .high, good: "\(what) is refused.", bad: "\(what) was taken.",
            seen: "status \(reply.status)", OWASP.consumption, remedy: remedy)
    }

    /// What it says where something is wrong.
    mutating func errors() async throws {
        var broken = question()
        broken.body = "{\"query\": \u{1B}[31m<script>alert(1)</script>"
        let reply = try await ask(broken)
        let tells = ["/Sources/", ".swift:", "Fatal", "/home/", "/root/", "stack"].filter { reply.body.contains($0) }
        let isPage = reply.headers["content-type"]?.contains("html") == true
        note(
            (400..<500).contains(reply.status) && tells.isEmpty && !isPage && !reply.body.contains("\u{1B}"), "errors",
            .medium,
            good: "What cannot be read is refused in a sentence that tells nothing of the program.",
            bad:
                "An error tells of the program, or repeats what was sent so that a page or a terminal would act on it.",
            seen: reply.body, OWASP.output, remedy: "Report it.")
        let missing = try await ask(Request("GET", "/../../etc/passwd", headers: question().headers))
        note(
            [400, 401, 404].contains(missing.status) && !missing.body.contains("root:"), "traversal", .critical,
            good: "Paths that climb out of a folder lead nowhere.",
            bad: "A path that climbs out of a folder was answered.",
            seen: "GET /../../etc/passwd: \(missing.status)", OWASP.disclosure,
            remedy: "Report it, and take the service down until it is mended.")
    }
}
