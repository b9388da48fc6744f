internal import Base
internal import Engineer
internal import Storage

extension DashboardPages {
    /// A step in a few words.
    static func heading(_ step: PromotionRecord) -> String {
        let (one, other) = ("release \(step.release)", step.incumbent.map { "release \($0)" })
        switch (step.action, step.isAccepted) {
        case (.promote, true):
            switch step.stage {
            case .full:
                return "\(one.capitalizedWord) was put into service" + (other.map { " in place of \($0)" } ?? "")
            case .canary: return "\(one.capitalizedWord) was put beside \(other ?? "another") as a canary"
            case .shadow: return "\(one.capitalizedWord) was put into the shadow of \(other ?? "another")"
            }
        case (.promote, false):
            return step.gate?.outcome == .undetermined
                ? "\(one.capitalizedWord) was not promoted: the gate could not tell"
                : "\(one.capitalizedWord) was refused"
        case (.rollback, _), (.automaticRollback, _):
            let failed = other ?? "the release"
            return step.stage == .full
                ? "\(failed.capitalizedWord) was taken back; \(one) answers again"
                : "The trial of \(failed) was ended; \(one) answers alone"
        }
    }

    /// What became of a step, in a word.
    private static func state(_ step: PromotionRecord, isWaiting: Bool) -> JSONValue {
        switch step.action {
        case .rollback: return PageWords.state("rolled back")
        case .automaticRollback: return PageWords.state("rolled back by the service")
        case .promote:
            if step.isAccepted { return PageWords.state(step.stage == .full ? "promoted" : step.stage.rawValue) }
            if isWaiting { return PageWords.state("waits for a decision") }
            return PageWords.state(step.gate?.outcome == .undetermined ? "undetermined" : "refused")
        }
    }

    /// A step of the history, with all that the gate found.
    static func step(_ step: PromotionRecord, isWaiting: Bool, folder: String) -> JSONValue {
        let gate = step.gate
        // What a service counted before it went back.
        let counted = gate == nil ? step.report.object ?? [:] : [:]
        let isByService = step.action == .automaticRollback
        return [
            "id": .string(String(step.id)), "heading": .string(heading(step)), "at": PageWords.time(step.at),
            "state": state(step, isWaiting: isWaiting),
            "who": .string(isByService ? "the service itself" : PageWords.shortened(step.who, 100)),
            "why": .string(PageWords.shortened(step.decision ?? "", 2000)),
            "whyWords": .string(step.action == .promote ? "A person decided" : "Because"),
            "gate": gate.map { Self.gate($0, of: step) } ?? .null,
            "isUnread": .bool(step.verdict != nil && gate == nil),
            "counted": .array(
                counted.sorted { $0.key < $1.key }.map {
                    ["term": .string($0.key), "value": .string($0.value.string ?? $0.value.canonicalText)]
                }), "anyCounted": .bool(!counted.isEmpty),
            "command": .string(
                isWaiting ? "neo release promote \(step.release) \(folder) --decide \"why\"" : ""),
        ]
    }

    /// The gate's report in words, as `neo release promote` says it.
    private static func gate(_ gate: GateReport, of step: PromotionRecord) -> JSONValue {
        let chart = gate.difference.flatMap { difference in
            IntervalChart.chart(
                [
                    .init("difference", value: difference.value, lower: difference.lower, upper: difference.upper)
                ], caption: "Release \(gate.release) less release \(gate.incumbent ?? 0), step \(step.id)",
                unit: gate.objective, description: "",
                marks: [(-gate.margin, "worse"), (0, "same")])
        }
        return [
            "sentence": .string(gate.sentence), "objective": .string(gate.objective),
            "release": .string(String(gate.release)), "incumbent": .string(gate.incumbent.map(String.init) ?? ""),
            "candidateScore": PageWords.estimate(gate.candidateScore),
            "incumbentScore": PageWords.estimate(gate.incumbentScore),
            "difference": PageWords.estimate(gate.difference), "isCompared": .bool(gate.difference != nil),
            "margin": .string(PageWords.number(gate.margin)), "marginSource": .string(gate.marginSource),
            "asked": .string(
                "\(PageWords.count(gate.questions)) \(gate.isHeldOut ? "held-out questions" : "questions, which the search has seen")"
            ),
            "svg": .string(chart?.svg ?? ""), "hasSVG": .bool(chart != nil),
            "anyConstraints": .bool(!gate.constraints.isEmpty),
            "constraints": .array(
                gate.constraints.map {
                    [
                        "constraint": .string($0.constraint), "measured": .string($0.measured),
                        "state": PageWords.state($0.outcome.rawValue),
                    ]
                }),
            "openings": .string(
                gate.openings.map {
                    "The held-out questions were opened \($0) time\($0 == 1 ? "" : "s"), this time included."
                } ?? ""),
            "isWorn": .bool(gate.asksForFreshQuestions),
            "notes": .array(gate.notes.map { .string($0) }), "anyNotes": .bool(!gate.notes.isEmpty),
        ]
    }
}
