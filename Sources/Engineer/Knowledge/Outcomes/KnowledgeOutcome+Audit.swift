internal import Base

extension KnowledgeOutcome {
    /// What an audit found, in counts.
    init(_ audit: Audit, project: String, study: String?, version: String) {
        self.init(
            .audit, of: "\(audit.subject) \(audit.seed) \(audit.generator ?? "")", project: project, study: study,
            day: String(audit.made.prefix(10)), version: version)
        words["worst"] = audit.worst?.rawValue ?? "none"
        // A model of one's own may bear any name.
        words["generator"] = audit.generator.map { "model-" + ContentHash(of: $0).hex.prefix(8) } ?? "none"
        values["seconds"] = audit.seconds
        values["texts"] = Double(audit.texts)
        values["unchecked"] = Double(audit.unchecked.count)
        values["exceptions"] = Double(audit.exceptions.reduce(0) { $0 + $1.count })
        for severity in AuditSeverity.allCases {
            values["findings.\(severity.rawValue)"] = Double(audit.findings.count { $0.severity == severity })
        }
        for finding in audit.findings {
            values["findings.of.\(finding.family)", default: 0] += 1
        }
        for tally in audit.families {
            values["attacks.\(tally.family).delivered"] = Double(tally.delivered)
            values["attacks.\(tally.family).succeeded"] = Double(tally.failed)
            values["attacks.\(tally.family).risk"] = tally.residualRisk
        }
        guard let utility = audit.utility else { return }
        values["utility.questions"] = Double(utility.questions)
        values["utility.answered"] = Double(utility.answered)
        values["utility.still_answered"] = Double(utility.stillAnswered)
        values["utility.same"] = Double(utility.same)
    }
}
