internal import Base
internal import Storage

/// Keeps an audit: `audit.md`, `audit.html` and `audit.json` beside neo.yaml, and a row in the project's database.
package enum AuditFiles {
    /// Writes all of it.
    package static func write(_ audit: Audit, in project: Project) async throws {
        try AtomicFile.write(audit.markdown, to: project.path("audit.md"))
        try AtomicFile.write(audit.html, to: project.path("audit.html"))
        try AtomicFile.write(try audit.json.prettyText + "\n", to: project.path("audit.json"))
        try project.prepareStateFolder()
        guard let subject = ContentHash(hex: audit.subject) else { return }
        try await NeoDatabase(path: project.databasePath).record(
            AuditRecord(
                made: audit.made, subject: subject, seed: audit.seed, generator: audit.generator,
                worst: audit.worst?.rawValue, report: try audit.json,
                findings: audit.findings.map {
                    AuditRecord.Finding(
                        id: $0.id, family: $0.family, severity: $0.severity.rawValue, what: $0.what,
                        evidence: $0.evidence,
                        count: $0.count, standard: $0.standard, remedy: $0.remedy)
                }))
    }

    /// What the last audit of a project said; nil where there was none.
    package static func last(in project: Project) async throws -> Audit? {
        guard FileState(project.databasePath) != nil else { return nil }
        return try await NeoDatabase(path: project.databasePath).lastAudit()?.decoded(as: Audit.self)
    }
}
