package import Base
internal import Storage

extension ProjectStatus {
    /// The status for people. Nothing here is harmless for a terminal yet.
    package var text: String {
        var lines = ["\(overview.name): \(overview.stage.rawValue)", headline]
        lines += (changes ?? []).map { "    \($0.words)" }
        if !verdicts.isEmpty {
            let width = verdicts.map { RequirementNames.shown($0.requirement.id).count }.max() ?? 0
            lines.append("")
            for verdict in verdicts {
                let state = verdict.state.rawValue.padded(to: 12)
                let id = RequirementNames.shown(verdict.requirement.id).padded(to: width)
                lines.append("  \(state)  \(id)  \(verdict.test)")
                lines.append("  \("".padded(to: 12))  \("".padded(to: width))  \(verdict.sentence)")
            }
            let counts = RequirementVerdict.State.allCases.filter { count($0) > 0 }.map {
                "\(count($0)) \($0.rawValue)"
            }
            lines += ["", counts.joined(separator: ", ") + "; neo status ID follows one to its rows."]
        }
        if let basis = designBasis { lines += ["", basis.words] }
        // What is not met, and on what the design stands, is told above.
        let waiting = overview.waiting.filter { !["requirement", "design"].contains($0.kind) }
        if !waiting.isEmpty {
            lines += ["", "What waits:"]
            for item in waiting {
                let who = item.kind == "approval" ? approver.map { "for \(RequirementNames.line($0)): " } ?? "" : ""
                lines.append("  \(who)\(item.sentence) \(item.action).")
            }
        }
        if !problems.isEmpty { lines += [""] + problems }
        return lines.joined(separator: "\n")
    }

    /// On which other requirements design.md stands; nil where it stands on those that there are.
    var designBasis: DesignBasis? { overview.documents.first { $0.kind == .design }?.basis }

    private var headline: String {
        guard let file else {
            return
                "There are no requirements yet: neo interview asks for them, and neo spec draft writes requirements.md."
        }
        let count = ReportText.count(file.document.requirements.count, "requirement")
        let findings = file.findings.count
        let order = findings == 0 ? "in order" : "\(ReportText.count(findings, "thing")) to mend (neo spec check)"
        let agreed: String
        if let approval {
            agreed = "approved by \(RequirementNames.line(approval.who)) on \(approval.approved.prefix(10))"
        } else if let changes {
            agreed =
                changes.isEmpty
                ? "changed since it was approved, in no field: look at it again, and approve it again"
                : "changed since it was approved, and needs another approval:"
        } else {
            let reviewed = overview.documents.first { $0.kind == .requirements }
            agreed =
                reviewed?.approvals.isEmpty ?? true
                ? "not approved yet" : "changed since it was approved, and needs another approval"
        }
        return "requirements.md: \(count), \(order), \(agreed)"
    }

    /// One requirement, followed to its rows.
    ///
    /// - Throws: `EngineerError` where there is none of that name.
    package func text(of id: String) throws(EngineerError) -> String {
        let verdict = try verdict(on: id)
        let requirement = verdict.requirement
        var lines = [
            "\(RequirementNames.shown(requirement.id)): \(RequirementNames.line(requirement.text, to: 1000))",
            "test: \(verdict.test)", "measured by: \(RequirementNames.line(requirement.measurement, to: 300))",
            "source: \(RequirementNames.line(requirement.source, to: 300))", "",
            "\(verdict.state.rawValue): \(verdict.sentence)",
        ]
        let failing = verdict.failing
        if let measured = verdict.measured, !measured.rows.isEmpty {
            lines += [
                "",
                "\(failing.count) of \(ReportText.count(measured.rows.count, measured.noun)) miss the test by themselves:",
            ]
            lines += failing.prefix(20).map { row in
                "  \(RequirementNames.line(row.id))  \(Rounding.text(row.value))  "
                    + (verdict.page(of: overview.found, question: row.id) ?? "")
            }
            if failing.count > 20 { lines.append("  … and \(failing.count - 20) more (--json)") }
        }
        if let page = verdict.page(of: overview.found) { lines += ["", "neo dashboard: \(page)"] }
        if let sql = verdict.measured?.sql {
            lines += ["neo query \"\(sql.replacing("\"", with: "\\\""))\" --project \(overview.found.folder)"]
        }
        return lines.joined(separator: "\n")
    }

    /// The verdict on a requirement.
    ///
    /// - Throws: `EngineerError` with the nearest name.
    package func verdict(on id: String) throws(EngineerError) -> RequirementVerdict {
        if let verdict = verdicts.first(where: { $0.requirement.id == id }) { return verdict }
        let hint = nearest(to: id, in: verdicts.map(\.requirement.id)).map { " Did you mean \($0)?" } ?? ""
        throw EngineerError(
            code: .invalidRequest,
            message:
                "There is no requirement \(RequirementNames.line(id)) in requirements.md of \(overview.name).\(hint)")
    }

    /// The verdict on a requirement as one object.
    package func object(of id: String) throws(EngineerError) -> JSONValue {
        try verdict(on: id).json(of: overview.found)
    }
}

extension RequirementVerdict {
    /// Metric and test in a few words.
    var test: String {
        let metric = requirement.metric.isEmpty ? "no metric" : RequirementNames.line(requirement.metric)
        return "\(metric) \(requirement.criterion.map { RequirementNames.line($0.words) } ?? "without a test")"
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
