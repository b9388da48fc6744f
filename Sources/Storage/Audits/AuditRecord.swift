package import Base

/// An audit as the database keeps it.
package struct AuditRecord: Sendable, Hashable {
    /// A row of what it found.
    package struct Finding: Sendable, Hashable {
        package var id: String
        package var family: String
        package var severity: String
        package var what: String
        package var evidence: String
        package var count: Int
        package var standard: String
        package var remedy: String

        package init(
            id: String, family: String, severity: String, what: String, evidence: String, count: Int, standard: String,
            remedy: String
        ) {
            self.id = id
            self.family = family
            self.severity = severity
            self.what = what
            self.evidence = evidence
            self.count = count
            self.standard = standard
            self.remedy = remedy
        }
    }

    /// When, as ISO 8601.
    package var made: String
    /// What was looked at: the hash of documents and configuration.
    package var subject: ContentHash
    package var seed: UInt64
    package var generator: String?
    /// The gravest finding's severity.
    package var worst: String?
    /// All that it said.
    package var report: JSONValue
    package var findings: [Finding]

    package init(
        made: String, subject: ContentHash, seed: UInt64, generator: String?, worst: String?, report: JSONValue,
        findings: [Finding]
    ) {
        self.made = made
        self.subject = subject
        self.seed = seed
        self.generator = generator
        self.worst = worst
        self.report = report
        self.findings = findings
    }
}
