/// Whether the gates of a milestone hold, and what can be done where they do not.
struct GateCheck {
    let milestone: Milestone
    let figures: [String: Double]
    let verdicts: [String: RequirementVerdict]

    var results: [MilestoneReport.GateResult] { milestone.gates.map(result) }

    private func result(_ gate: Milestone.Gate) -> MilestoneReport.GateResult {
        switch gate {
        case .figure(let name, let criterion):
            guard let value = figures[name] else {
                return .init(gate: gate.words, holds: false, sentence: "\(name) was not measured.", options: [again])
            }
            let holds = criterion.values.holds(ValueRange(lower: value, upper: value))
            let found = "\(name): \(Rounding.text(value, digits: value == value.rounded() ? 0 : 3))"
            return .init(
                gate: gate.words, holds: holds,
                sentence: holds
                    ? "\(found), as wanted (\(criterion.words))." : "\(found), and \(criterion.words) is wanted.",
                options: holds ? [] : options(figure: name))
        case .requirement(let id): return requirement(id, gate)
        }
    }

    private func requirement(_ id: String, _ gate: Milestone.Gate) -> MilestoneReport.GateResult {
        guard let verdict = verdicts[id] else {
            return .init(
                gate: gate.words, holds: false, sentence: "requirements.md has no requirement \(id).",
                options: ["take the gate out of design.md, or write \(id) in requirements.md, and have it approved"])
        }
        switch verdict.state {
        case .met:
            return .init(gate: gate.words, holds: true, sentence: "\(id) is met: \(verdict.sentence)", options: [])
        case .notMet:
            return .init(
                gate: gate.words, holds: false, sentence: "\(id) is not met: \(verdict.sentence)",
                options: (milestone.work == .search
                    ? ["search further: neo build --trials \(2 * (milestone.trials ?? 24))"] : []) + [
                        "see where it fails: neo status \(id), report.html",
                        "ask for what can be reached: edit \(id) in requirements.md and approve it", accept,
                    ])
        case .undetermined:
            return .init(
                gate: gate.words, holds: false,
                sentence: "\(id) is undetermined: \(verdict.sentence)",
                options: [
                    "more golden questions make the interval narrower: neo golden worth says by how much", accept,
                ])
        case .notMeasured, .stale:
            return .init(
                gate: gate.words, holds: false,
                sentence: "\(id) is \(verdict.state.rawValue): \(verdict.sentence)",
                options: [again, accept])
        }
    }

    private var accept: String { Self.accept(milestone.id) }

    /// What a person can always do.
    static func accept(_ id: String) -> String {
        "go on all the same, which is kept with your name: neo build --accept \(id) --because \"…\""
    }
    private var again: String { "neo build again" }

    private func options(figure name: String) -> [String] {
        switch name {
        case "golden questions", "answerable questions":
            ["propose and review more: neo golden propose, neo golden review", accept]
        case "rows with errors": ["neo check says which rows, and what is wrong with them", accept]
        case "trials": ["give it more time, or more trials: neo build --trials", accept]
        default: ["report.html and neo runs show what failed", accept]
        }
    }
}
