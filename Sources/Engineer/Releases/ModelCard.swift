internal import AutoML
internal import Base
internal import RAG

/// What a release is for, how well it does it, and where it fails: `MODEL_CARD.md`.
///
/// The form follows M. Mitchell et al., "Model Cards for Model Reporting" (2019).
struct ModelCard {
    let results: SearchResults
    let requirements: RequirementsDocument?
    let manifest: ReleaseManifest
    let does: ReleaseConfiguration

    /// The document.
    var text: String {
        MarkdownReport.render(
            title: "Model card: \(manifest.project), release \(manifest.release)",
            details + use + figures + limits + failures + origin)
    }

    private var details: [ReportBlock] {
        [
            .paragraph(
                "Made \(manifest.created) by Neo \(manifest.neo) from study \(manifest.study), trial \(manifest.trial). "
                    + "It finds passages in \(ReportText.count(manifest.documents, "document")) and answers questions "
                    + (does.isWritten
                        ? "with what the language model \(manifest.generator ?? "") writes about them."
                        : "with sentences of theirs, or says that it found none.")),
            .paragraph("It works so: \(ConfigurationSentence.text(does.configuration))."),
        ]
    }

    private var use: [ReportBlock] {
        guard let requirements else {
            return [
                .heading("Intended use"),
                .paragraph(
                    "Nobody wrote down what it is for: the project had no requirements.md when the release was made. "
                        + "Questions about these documents are all that it was measured on."),
            ]
        }
        var blocks: [ReportBlock] = [.heading("Intended use")]
        let purpose = ReportText.line(requirements.introduction.text)
        if !purpose.isEmpty { blocks.append(.paragraph(ReportText.shortened(purpose, to: 2000))) }
        blocks.append(.paragraph("What was required of it:"))
        blocks.append(
            .table(
                header: ["Requirement", "Sentence", "Measured by", "Must be"],
                rows: requirements.requirements.prefix(200).map {
                    [$0.id, ReportText.shortened($0.text, to: 500), $0.metric, $0.criterion?.words ?? "–"]
                }))
        for (topic, title) in [
            (RequirementsDocument.Topic.outOfScope, "Not meant for"), (.assumptions, "Assumed"), (.risks, "Risks"),
        ] where !requirements[topic].isEmpty {
            blocks.append(.paragraph("\(title):"))
            blocks.append(.list(requirements[topic].map { ReportText.shortened($0, to: 500) }))
        }
        return blocks
    }

    private var figures: [ReportBlock] {
        let verdict = results.verdict
        let asked =
            switch verdict.kind {
            case .heldOut: "on \(ReportText.count(verdict.questions, "question")) that the search never saw"
            case .crossFitted:
                "on \(ReportText.count(verdict.questions, "question")), cross-fitted: there were too few to hold some out"
            case .search:
                "on the very \(ReportText.count(verdict.questions, "question")) that chose it, which is too high on average"
            }
        var rows = [
            [results.objective.metric, ReportText.interval(verdict.winner)],
            ["the same of the default configuration", ReportText.interval(verdict.baseline)],
            ["difference, question by question", ReportText.interval(verdict.difference)],
        ]
        if let answers = results.answers {
            rows.append(["\(answers.objective.metric) of quotes", ReportText.interval(answers.quotes)])
        }
        for (metric, value) in verdict.metrics.sorted(by: { $0.key < $1.key }) where metric != results.objective.metric
        {
            rows.append([metric, Rounding.text(value)])
        }
        return [
            .heading("Measured"), .paragraph("All figures \(asked)."),
            .table(header: ["Figure", "Value"], rows: rows),
            .paragraph(MetricDefinition.sentence(for: results.objective.metric)),
        ]
    }

    private var limits: [ReportBlock] {
        var items = [
            "It knows what stands in its documents of \(manifest.created), and nothing of later ones.",
            "It was measured on questions of one golden set (\(manifest.hashes["golden"]?.prefix(12) ?? "unknown")). Of "
                + "other kinds of questions nothing is known.",
            "It is made for questions in the language of its documents: \(manifest.language).",
        ]
        if results.corpus.unanswerable == 0 {
            items.append("No golden question was without an answer, so how well it declines was not measured.")
        }
        if let unmet = DecisionWords.unmet(results) { items.append(unmet) }
        var blocks: [ReportBlock] = [.heading("Limits"), .list(items)]
        if let decision = results.decision,
            let chosen = decision.candidates.first(where: { $0.trial == decision.chosen })
        {
            blocks.append(
                .table(
                    header: ["Constraint", "Measured", "At 95 %"],
                    rows: (chosen.findings + decision.heldOut).map {
                        [$0.constraint, $0.measured, $0.outcome.rawValue]
                    }))
        }
        return blocks
    }

    private var failures: [ReportBlock] {
        let held = results.questions.filter(\.heldOut)
        let isMaximized = results.objective.direction == .maximize
        var blocks: [ReportBlock] = [.heading("Known failures")]
        if !held.isEmpty {
            let lost = held.count { $0.score == 0 && isMaximized }
            let part = held.count { $0.score > 0 && $0.score < 1 && isMaximized }
            blocks.append(
                .paragraph(
                    "Of \(held.count) held-out questions, \(lost) had none of their evidence found, and \(part) only part of "
                        + "it or late. Which ones they are is not told here, so that they remain a fair test."))
        }
        if let causes = results.causes {
            blocks += ReportCauses(causes: causes, metric: results.objective.metric).blocks.dropFirst()
        }
        let worst = results.questions.filter { !$0.heldOut }.sorted { left, right in
            left.score == right.score ? left.id < right.id : (left.score < right.score) == isMaximized
        }.prefix(10).filter { !isMaximized || $0.score < 1 }
        guard !worst.isEmpty else {
            blocks.append(.paragraph("Of the questions that the search saw, none fails."))
            return blocks
        }
        blocks.append(
            .table(
                header: ["Worst questions of the search", "Score", "Expected", "Found first"],
                rows: worst.map {
                    [
                        "\($0.id): \(ReportText.shortened($0.question))", Rounding.text($0.score),
                        ReportText.shortened($0.expected.joined(separator: ", ")),
                        ReportText.shortened($0.found.joined(separator: ", ")),
                    ]
                }))
        return blocks
    }

    private var origin: [ReportBlock] {
        var rows = manifest.hashes.sorted { $0.key < $1.key }.map { ["SHA-256 of \($0.key)", $0.value] }
        rows += manifest.models.map { ["\($0.role) \($0.name)", $0.weights ?? "served by somebody"] }
        if let processor = manifest.machine["processor"]?.string { rows.append(["measured on", processor]) }
        return [.heading("What it was made from"), .table(header: ["What", "Value"], rows: rows)]
    }
}
