/// In which steps it is built, what it will take, how it is accepted, and what it leaves out.
struct DesignPlan {
    private let input: DesignInput

    init(_ input: DesignInput) {
        self.input = input
    }

    private var requirements: [Requirement] { input.requirements?.requirements ?? [] }

    /// The milestones of a retrieval service.
    var milestones: [Milestone] {
        func gates(_ work: Milestone.Work) -> [Milestone.Gate] {
            requirements.filter { Milestone.isName($0.id) && DesignInput.work(measuring: $0) == work }
                .map { .requirement($0.id) }
        }
        func figure(_ name: String, _ comparison: Criterion.Comparison, _ value: Double) -> Milestone.Gate? {
            Criterion(comparison, value).map { .figure(name, $0) }
        }
        var questions = Milestone(id: "M1", title: "The questions", work: .questions)
        questions.gates = [
            figure("answerable questions", .atLeast, Double(DesignInput.leastQuestions)),
            figure("rows with errors", .equal, 0),
        ].compactMap { $0 }
        var baseline = Milestone(id: "M2", title: "The default, measured", work: .baseline)
        baseline.gates = [figure("failed questions", .equal, 0)].compactMap { $0 }
        var search = Milestone(id: "M3", title: "The search", work: .search)
        search.trials = input.project.file.trials
        search.minutes = input.estimate.limit
        search.gates = gates(.search)
        var answers = Milestone(id: "M4", title: "The answers", work: .answers)
        answers.gates = gates(.answers)
        var service = Milestone(id: answers.gates.isEmpty ? "M4" : "M5", title: "The service", work: .service)
        service.gates = [figure("failed questions", .equal, 0)].compactMap { $0 } + gates(.service)
        return [questions, baseline, search] + (answers.gates.isEmpty ? [] : [answers]) + [service]
    }

    var lines: [String] {
        let milestones = milestones
        var lines = [
            "## Milestones", "",
            "`neo build` does them in this order, stops where a gate does not hold, and goes on from there. A gate that "
                + "is a requirement holds where the requirement is met.", "",
        ]
        for milestone in milestones { lines += milestone.markdown + [""] }
        lines += ["## Estimate", ""] + estimate
        lines += ["## Acceptance tests", ""] + acceptance(milestones)
        return lines + ["## Not covered", ""] + notCovered + [""]
    }

    private var estimate: [String] {
        let (estimate, probe) = (input.estimate, input.probe)
        let encoder = probe.encoder.map(MarkdownField.encoded) ?? "no encoder"
        let rows = [
            [
                "reading the documents", DesignEstimate.span(probe.reading),
                "measured: \(ReportText.count(probe.documents, "document")), \(probe.characters) characters",
            ],
            [
                "indexes and vectors", DesignEstimate.range(estimate.indexing),
                "\(probe.passages) passages a way of cutting; \(Rounding.text(1000 * probe.encoding, digits: 2)) ms a passage (\(encoder))",
            ],
            [
                "asking", DesignEstimate.range(estimate.asking),
                "\(estimate.trials) trials × \(estimate.questions) questions × \(Rounding.text(1000 * probe.asking, digits: 2)) ms (median of \(probe.asked))",
            ],
            [
                "the search in all", DesignEstimate.range(estimate.seconds),
                "the sum, halved and doubled; a build gives it \(Rounding.text(estimate.limit, digits: 0)) min",
            ],
            ["money", money.0, money.1],
        ]
        return [
            "Probed on \(probe.measured.prefix(10)), on this machine. Written answers, rerankers and systems of others are not in it.",
            "",
        ] + MarkdownTable.lines(["what", "how much", "basis"], rows) + DesignReading(input).time.lines + [""]
    }

    private var money: (String, String) {
        let file = input.project.file
        guard input.asksElsewhere else {
            return ("$0", "every model runs on this machine")
        }
        return file.maxCost.map {
            ("at most \(QuantityWords.dollars($0))", "`max_cost` of neo.yaml; the search stops there")
        }
            ?? ("not bounded", "a hosted model may write answers; set `max_cost` in neo.yaml, or --max-cost")
    }

    private func acceptance(_ milestones: [Milestone]) -> [String] {
        guard !requirements.isEmpty else {
            return ["There are no requirements, so nothing is accepted or refused.", ""]
        }
        let rows = requirements.map { requirement in
            let place = milestones.first { $0.gates.contains(.requirement(requirement.id)) }
            return [
                MarkdownField.encoded(requirement.id),
                MarkdownField.encoded(RequirementNames.line(requirement.text, to: 140)),
                requirement.criterion.map {
                    "\(MarkdownField.encoded(requirement.metric)) \(MarkdownField.encoded($0.words))"
                } ?? "none",
                place.map { "\($0.id), \($0.title.lowercased())" } ?? "by hand",
            ]
        }
        return MarkdownTable.lines(["requirement", "what", "test", "measured by"], rows)
            + DesignReading(input).acceptance(requirements.count { $0.criterion != nil }).lines + [""]
    }

    private var notCovered: [String] {
        var lines = requirements.filter { DesignInput.work(measuring: $0) == nil }.map { requirement in
            "- \(MarkdownField.encoded(requirement.id)): no milestone measures it"
                + (requirement.metric.isEmpty
                    ? "" : " (\(MarkdownField.encoded(RequirementNames.line(requirement.metric))))")
                + "; a person has to look at it."
        }
        lines += (input.requirements?[.outOfScope] ?? []).map { "- \(MarkdownField.encoded($0)) (out of scope)" }
        return lines + [
            "- Release, audit, monitoring in service and feedback: after the build."
        ]
    }
}
