/// Holds a whole document to the rules: each requirement, and all together.
package enum RequirementsLinter {
    /// All findings, those of one requirement together; an empty list where the document is in order.
    ///
    /// - Parameter lines: the line of each requirement in its file.
    package static func findings(in document: RequirementsDocument, lines: [Int] = []) -> [RequirementFinding] {
        let requirements = document.requirements
        guard !requirements.isEmpty else {
            return [
                RequirementFinding(
                    .none, [],
                    "There is no requirement; write each below a heading of its own, as \"### R1\", in the section "
                        + "\"## Requirements\".")
            ]
        }
        var findings: [RequirementFinding] = []
        var first: [String: Int] = [:]
        for (position, requirement) in requirements.enumerated() {
            var own = RequirementLinter(requirement: requirement).findings
            if first.updateValue(first[requirement.id] ?? position, forKey: requirement.id) != nil {
                own.append(
                    RequirementFinding(
                        .id, [requirement.id],
                        "\(RequirementNames.shown(requirement.id)): another requirement has this name, too; give it one of "
                            + "its own."))
            }
            own += SentenceNumbers.findings(of: requirement) + RequirementLimits.findings(of: requirement)
            findings += own.map { placed($0, lines.indices.contains(position) ? lines[position] : nil) }
        }
        let line: (Int) -> Int? = { lines.indices.contains($0) ? lines[$0] : nil }
        findings += RequirementConflicts(requirements).findings.map { placed($0.finding, line($0.position)) }
        return findings
    }

    private static func placed(_ finding: RequirementFinding, _ line: Int?) -> RequirementFinding {
        var finding = finding
        finding.line = line
        return finding
    }
}
