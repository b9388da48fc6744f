internal import ArgumentParser
internal import Base
internal import Engineer
internal import Storage

/// `neo access log`.
struct AccessLog: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Show who did what, or check that nobody has changed the log.",
        discussion: """
            Example:
              neo access log my-docs --limit 20
              neo access log my-docs --verify
              neo access log my-docs --verify --head 1204:9f86d081…

            Each row holds the hash of the one before it, so a row that was changed, put in or taken out is found;
            exit code 3 says so. audit.head, beside the log, tells of rows that were cut off its end. Who can write
            both could make them anew: note the head that --verify prints elsewhere, and give it with --head.
            Questions are hashed; of people only a pseudonym stands there, and who they are as long as neo forget has not
            destroyed their key.
            """)

    @OptionGroup var project: ProjectArgument

    @Option(help: "How many rows, the latest; 1 to 10000.")
    var limit = 50

    @Flag(help: "Go over the whole log instead.")
    var verify = false

    @Option(help: ArgumentHelp("With --verify: an end of the log that was noted before.", valueName: "number:hash"))
    var head: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit takes 1 to 10000.") }
        guard head == nil || verify else { throw ValidationError("--head goes with --verify.") }
        guard head.map({ AuditHead($0) != nil }) ?? true else {
            throw ValidationError("--head takes what --verify printed: a number, a colon and 64 hexadecimal digits.")
        }
    }

    func run() async throws {
        let project = try Project(opening: project.project)
        guard AuditTrail.exists(in: project) else {
            throw EngineerError(
                code: .invalidRequest,
                message:
                    "This project has no audit log yet: it begins with the first key (neo access keys add), or with a "
                    + "service whose documents have readers.")
        }
        let trail = try AuditTrail(project)
        if verify { return try await check(trail) }
        let first = max(0, try await trail.head().number - limit)
        let entries = try await trail.entries(after: first, limit: limit)
        let rows = entries.map { entry -> JSONValue in
            var row = entry.body
            for name in ["sealed", "sealed_of"] { row[name] = nil }
            row["number"] = .integer(entry.number)
            row["person"] = entry.person.map { .string($0) } ?? .null
            if row["of"] != nil { row["subject"] = entry.subject.map { .string($0) } ?? .null }
            return .object(row)
        }
        try output.render(["rows": .array(rows)]) {
            rows.isEmpty ? "The log is empty." : rows.map { Terminal.harmless(Self.line($0)) }.joined(separator: "\n")
        }
    }

    private static func line(_ row: JSONValue) -> String {
        var parts = ["\(row["number"]?.integer ?? 0)  \(row["at"]?.string ?? "")"]
        let pseudonym = row["who"]?.string ?? ""
        parts.append(
            row["person"]?.string.map { "\($0) (\(pseudonym))" } ?? (pseudonym.isEmpty ? "nobody known" : pseudonym))
        parts.append(row["what"]?.string ?? "?")
        if let other = row["subject"]?.string ?? row["of"]?.string { parts.append("of \(other)") }
        if let status = row["status"]?.integer { parts.append("\(status)") }
        if let documents = row["documents"]?.array, !documents.isEmpty {
            let names = documents.compactMap(\.string)
            parts.append(
                names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : ""))
        }
        return parts.joined(separator: "  ")
    }

    private func check(_ trail: AuditTrail) async throws {
        let result = try await trail.verify(against: head.flatMap { AuditHead($0) })
        try output.render([
            "rows": .integer(result.rows), "head": .string(result.head.text), "whole": .bool(result.isWhole),
            "findings": .array(result.findings.map { .string($0) }),
        ]) {
            result.isWhole
                ? "The log is whole: \(result.rows) rows.\nIts head is \(result.head.text)"
                : result.findings.joined(separator: "\n")
        }
        guard result.isWhole else { throw GateNotMet(message: "The audit log is not as it was written.") }
    }
}
