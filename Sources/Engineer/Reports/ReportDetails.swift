internal import AutoML
internal import Base

/// The second half of a report: where the winner fails, what was wrong with the input, what to do next.
struct ReportDetails {
    let results: SearchResults

    var blocks: [ReportBlock] { slices + (causes?.blocks ?? []) + worstQuestions + diagnostics + nextSteps }

    private var causes: ReportCauses? {
        results.causes.map { ReportCauses(causes: $0, metric: results.objective.metric) }
    }

    private var slices: [ReportBlock] {
        guard !results.slices.isEmpty else { return [] }
        return [
            .heading("By type of question"),
            .paragraph(
                "On \(ReportText.count(results.slices.reduce(0) { $0 + $1.questions }, "question")), those of the result. "
                    + "A type with few questions says little."
            ),
            .charts([.slices]),
            .table(
                header: ["Type", "Questions", DecisionWords.chosenTitle(results), "Default"],
                rows: results.slices.map {
                    [$0.type, String($0.questions), Rounding.text($0.winner), Rounding.text($0.baseline)]
                }
            ),
        ]
    }

    /// The worst of the search's questions. Held-out ones are not shown: who improves the documents or the search by
    /// looking at them would spoil them as a test.
    private var worstQuestions: [ReportBlock] {
        let isMaximized = results.objective.direction == .maximize
        let worst = results.questions.filter { !$0.heldOut }.sorted { left, right in
            if left.score != right.score { return (left.score < right.score) == isMaximized }
            return left.id < right.id
        }.prefix(10)
        guard !worst.isEmpty else { return [] }
        let note =
            results.questions.contains(where: \.heldOut)
            ? "Only questions that the search saw: held-out ones stay unread, so that they remain a fair test."
            : "The questions on which the \(DecisionWords.chosen(results)) did worst."
        return [
            .heading("The worst questions"),
            .paragraph(
                "\(note) The score is about sentences: a document that was found first can still lack the passage that is "
                    + "needed. Look first whether the question and its evidence are right."),
            .table(
                header: ["Question", "Score", "Default", "Expected", "Found first"],
                rows: worst.map { question in
                    let failure = question.failure.map { " (not measured: \($0))" } ?? ""
                    return [
                        "\(question.id): \(ReportText.shortened(question.question))\(ReportText.shortened(failure))",
                        Rounding.text(question.score), Rounding.text(question.baseline),
                        Self.names(question.expected), Self.names(question.found),
                    ]
                }
            ),
        ]
    }

    private static func names(_ documents: [String]) -> String {
        documents.isEmpty ? "–" : documents.joined(separator: ", ")
    }

    private var diagnostics: [ReportBlock] {
        let problems = results.diagnostics.filter { $0.severity != .note }
        guard !problems.isEmpty else { return [.heading("Problems in the input"), .paragraph("None were found.")] }
        var blocks: [ReportBlock] = [
            .heading("Problems in the input"),
            .list(problems.prefix(30).map { ReportText.shortened($0.text, to: 400) }),
        ]
        if problems.count > 30 { blocks.append(.paragraph("And \(problems.count - 30) more, in results.json.")) }
        return blocks
    }

    /// Which questions would tell most: those of types of which there are few.
    private var fewOfAType: String? {
        let few = results.slices.filter { $0.questions < 10 }
            .sorted { ($0.questions, $0.type) < ($1.questions, $1.type) }.prefix(3)
        guard results.slices.count > 1, !few.isEmpty else { return nil }
        let names = few.map { "\(ReportText.shortened($0.type, to: 40)) (\($0.questions))" }.joined(separator: ", ")
        return "Write more questions of the types of which the result has few: \(names)."
    }

    private var nextSteps: [ReportBlock] {
        let verdict = results.verdict
        var steps: [String] = []
        if results.diagnostics.contains(where: { $0.severity != .note }) {
            steps.append(
                "Correct the problems in the input listed above: questions without their evidence blur every number.")
        }
        if results.winner == results.baseline {
            steps.append("Nothing beat the default: keep it, or try more configurations.")
        } else if verdict.difference.lower <= 0, verdict.difference.upper >= 0 {
            steps.append(
                "These questions cannot tell the \(DecisionWords.chosen(results)) from the default: keep the "
                    + "default, or add questions."
            )
        }
        if let few = fewOfAType { steps.append(few) }
        if verdict.kind == .search {
            steps.append(
                "Write more questions: from 100 on, Neo holds some back, and the number is no longer optimistic.")
        }
        if verdict.kind == .crossFitted { steps.append(ReportCrossFitting.nextStep) }
        if results.trials.contains(where: { $0.state == .failed }) {
            steps.append("Some trials failed: see their reasons in the output of the search.")
        }
        if let step = causes?.nextStep { steps.append(step) }
        steps.append("Read the worst questions: the documents may lack the answer, or the evidence may be wrong.")
        steps.append("Try the \(DecisionWords.chosen(results)) with questions of your own before you ship it.")
        return [.heading("What to do next"), .list(steps)]
    }
}
