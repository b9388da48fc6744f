internal import Base
internal import Storage

extension KnowledgeOutcome {
    /// A step in the life of a release: promoted, refused, or taken back.
    init(_ step: PromotionRecord, project: String, study: String?, version: String) {
        self.init(
            .release, of: "\(step.at) \(step.action.rawValue) \(step.release)", project: project, study: study,
            day: String(step.at.prefix(10)), version: version)
        words["action"] = step.action.rawValue
        words["stage"] = step.stage.rawValue
        words["result"] = step.isAccepted ? "done" : "refused"
        words["decided_by"] =
            switch step.action {
            case .promote: step.decision == nil ? "gate" : "person"
            case .rollback: "person"
            case .automaticRollback: "service"
            }
        values["release"] = Double(step.release)
        values["incumbent"] = step.incumbent.map(Double.init)
        guard let gate = try? step.report.decoded(as: GateReport.self) else { return }
        words["verdict"] = gate.verdict.rawValue
        words["constraints"] = gate.constraints.isEmpty ? "none" : gate.feasibility.rawValue
        words["objective"] = KnowledgeRecord.sharedMetric(gate.objective)
        values["questions"] = Double(gate.questions)
        values["held_out"] = gate.isHeldOut ? 1 : 0
        values["margin"] = gate.margin
        values["openings"] = gate.openings.map(Double.init)
        values["more_questions"] = gate.moreQuestions.map(Double.init)
        for (name, estimate) in [
            ("candidate", gate.candidateScore), ("incumbent_score", gate.incumbentScore),
            ("difference", gate.difference),
        ] {
            values[name] = estimate?.value
            values["\(name)_lower"] = estimate?.lower
            values["\(name)_upper"] = estimate?.upper
        }
    }
}
