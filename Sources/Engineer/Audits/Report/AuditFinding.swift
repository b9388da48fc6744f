/// Something that an audit found.
package struct AuditFinding: Sendable, Hashable, Codable {
    /// Names it, and is the same in the next audit: `secrets.github-token.documents`.
    package var id: String
    /// What kind of thing it is, such as `secrets`.
    package var family: String
    package var severity: AuditSeverity
    /// What is the matter, in a sentence.
    package var what: String
    /// What shows it: shortened, on one line, with secrets blotted out.
    package var evidence: String
    /// Where, such as `FILE:LINE`; the first of them.
    package var places: [String]
    /// How often it was found.
    package var count: Int
    /// What asks for it: an item of OWASP's list with its edition, or a requirement.
    package var standard: String
    /// What to do.
    package var remedy: String

    package init(
        id: String, family: String, severity: AuditSeverity, what: String, evidence: String, places: [String] = [],
        count: Int = 1, standard: String, remedy: String
    ) {
        self.id = id
        self.family = family
        self.severity = severity
        self.what = what
        self.evidence = ReportText.shortened(ReportText.line(evidence), to: 300)
        self.places = places.map { ReportText.shortened(ReportText.line($0), to: 120) }
        self.count = count
        self.standard = standard
        self.remedy = remedy
    }
}

/// OWASP's Top 10 for LLM Applications, edition 2025, as findings cite it.
enum OWASP {
    static let promptInjection = "OWASP LLM01:2025 Prompt Injection"
    static let disclosure = "OWASP LLM02:2025 Sensitive Information Disclosure"
    static let supplyChain = "OWASP LLM03:2025 Supply Chain"
    static let poisoning = "OWASP LLM04:2025 Data and Model Poisoning"
    static let output = "OWASP LLM05:2025 Improper Output Handling"
    static let agency = "OWASP LLM06:2025 Excessive Agency"
    static let systemPrompt = "OWASP LLM07:2025 System Prompt Leakage"
    static let vectors = "OWASP LLM08:2025 Vector and Embedding Weaknesses"
    static let misinformation = "OWASP LLM09:2025 Misinformation"
    static let consumption = "OWASP LLM10:2025 Unbounded Consumption"
}
