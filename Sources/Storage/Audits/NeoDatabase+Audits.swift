package import Base
internal import GRDB

extension NeoDatabase {
    /// Keeps an audit with its findings.
    package func record(_ audit: AuditRecord) async throws {
        try await write { database in
            try database.execute(
                sql: "INSERT INTO audits (made, subject, seed, generator, worst, report) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    audit.made, audit.subject.hex, String(audit.seed), audit.generator, audit.worst,
                    audit.report.canonicalText,
                ])
            let id = database.lastInsertedRowID
            for finding in audit.findings {
                try database.execute(
                    sql: """
                        INSERT INTO audit_findings (audit, finding, family, severity, what, evidence, count, standard, remedy)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (audit, finding) DO NOTHING
                        """,
                    arguments: [
                        id, finding.id, finding.family, finding.severity, finding.what, finding.evidence, finding.count,
                        finding.standard, finding.remedy,
                    ])
            }
        }
    }

    /// What the last audit said; nil where there was none.
    package func lastAudit() async throws -> JSONValue? {
        try await read { database in
            try String.fetchOne(database, sql: "SELECT report FROM audits ORDER BY id DESC LIMIT 1")
                .map { try JSONValue(parsing: $0) }
        }
    }
}
