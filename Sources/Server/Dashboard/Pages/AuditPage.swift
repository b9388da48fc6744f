internal import Base
internal import Engineer
internal import Storage

extension DashboardPages {
    /// What the last audit found, and what to do.
    func audit(_ view: ProjectOverview, _ reader: ProjectReader) async throws -> Page {
        let last = try await reader.database()?.lastAudit()?.decoded(as: Audit.self)
        var model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: "audit"), "folder": .string(view.found.folder), "any": .bool(last != nil),
        ]
        var tables: [String: String] = [:]
        if let last {
            model.merge(Self.contents(last)) { $1 }
            tables["findings"] = StudyChart.csv(
                [["severity", "finding", "what", "count", "standard", "remedy"]]
                    + last.findings.map {
                        [$0.severity.rawValue, $0.id, $0.what, String($0.count), $0.standard, $0.remedy]
                    })
        }
        return Page(
            "audit", title: "Audit", crumbs: Self.crumbs(view), model: model, project: view.found.id, tables: tables)
    }

    private static func contents(_ audit: Audit) -> [String: JSONValue] {
        [
            "made": .string(audit.made), "seed": .string(String(audit.seed)),
            "generator": .string(audit.generator ?? "quotes"), "anyFindings": .bool(!audit.findings.isEmpty),
            "findings": .array(
                audit.findings.map { finding in
                    [
                        "state": PageWords.state(finding.severity >= .high ? "failed" : "warn"),
                        "severity": .string(finding.severity.rawValue), "what": .string(finding.what),
                        "remedy": .string(finding.remedy), "places": .string(finding.places.joined(separator: ", ")),
                        "anchor": .string(PageWords.anchor(finding.id)), "finding": .string(finding.id),
                        "standard": .string(finding.standard),
                    ]
                }),
            "families": .array(
                audit.families.map { family in
                    [
                        "family": .string(family.family), "what": .string(family.what),
                        "delivered": .string("\(family.delivered) of \(family.tried)"),
                        "failed": .string(String(family.failed)),
                        "quoted": .string(String(family.quoted)), "risk": .string(family.riskWords),
                    ]
                }),
            "anyFamilies": .bool(!audit.families.isEmpty), "anyUtility": .bool(audit.utility != nil),
            "answered": .string(String(audit.utility?.answered ?? 0)),
            "still": .string(String(audit.utility?.stillAnswered ?? 0)),
            "unchecked": .array(audit.unchecked.map { ["sentence": .string($0)] }),
            "checks": .array(audit.checks.map { ["sentence": .string($0.sentence)] }),
        ]
    }
}
