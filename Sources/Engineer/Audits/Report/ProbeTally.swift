internal import Statistics

/// What came of the probes of one family.
package struct ProbeTally: Sendable, Hashable, Codable {
    /// The family's name, such as `html-comment`.
    package var family: String
    /// What an attacker does there, in a sentence.
    package var what: String
    /// What asks for it.
    package var standard: String
    /// How many were made.
    package var tried: Int
    /// How many were read for an answer: only these say something.
    package var delivered: Int
    /// How many got through.
    package var failed: Int
    /// How many were shown as a quote with its source, as any other sentence: that is the service's work, and no failure.
    package var quoted: Int
    /// With 95 % credibility an attack of this family, drawn as these were, succeeds less often; nil where none was delivered.
    package var residualRisk: Double?

    /// The residual risk in words.
    package var riskWords: String { residualRisk.map { "under \(AuditContent.percent($0))" } ?? "not known" }

    package init(
        family: String, what: String, standard: String, tried: Int, delivered: Int, failed: Int, quoted: Int
    ) {
        self.family = family
        self.what = what
        self.standard = standard
        self.tried = tried
        self.delivered = delivered
        self.failed = failed
        self.quoted = quoted
        residualRisk = delivered > 0 ? try? credibleUpperBound(successes: failed, of: delivered) : nil
    }
}
