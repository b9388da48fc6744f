internal import AutoML
internal import Base
internal import RAG

/// The part of a report about written answers.
struct ReportAnswers {
    let results: SearchResults

    var blocks: [ReportBlock] {
        guard let answers = results.answers else {
            return results.answersOmitted.map { [.heading("Written answers"), .paragraph($0)] } ?? []
        }
        var blocks: [ReportBlock] = [
            .heading("Written answers"), .paragraph(Self.verdict(answers)), .paragraph(course(answers)),
            .table(
                header: [
                    "Answers", answers.objective.metric, "Abstained", "Citations unsupported", "Tokens read, written",
                ],
                rows: rows(answers)),
            .paragraph(
                "What was tried, on the search's questions; trial \(answers.best) did best there"
                    + (answers.secondsLeft.map {
                        ", in the \(ReportCosts.duration($0)) that the budget of time had left"
                    } ?? "") + ":"),
            .table(
                header: ["Trial", "Way of answering", answers.objective.metric, "Questions", "Failed"],
                rows: answers.trials.map { trial(answers, $0) }),
        ]
        if !answers.rewritings.isEmpty {
            blocks.append(
                .paragraph(
                    "The words about the task were rewritten from the questions that went worst; a rewriting is taken over only "
                        + "where the interval of its difference lies above 0:"))
            blocks.append(
                .list(
                    answers.rewritings.map {
                        "\($0.isAccepted ? "taken over" : "not taken over"), \(ReportText.interval($0.difference)): "
                            + ReportText.shortened(ReportText.line($0.instruction))
                    }))
        }
        if !answers.missing.isEmpty {
            blocks.append(
                .list(answers.missing.sorted { $0.key < $1.key }.map { "\($0.key) was left out: \($0.value)" }))
        }
        return blocks
    }

    /// What is served, and why.
    static func verdict(_ answers: AnswerResults) -> String {
        let name = answers.objective.metric
        let place = answers.kind == .heldOut ? "held-out questions" : "questions that also chose the way of writing"
        let count = answers.kind == .heldOut ? answers.heldOut : answers.questions
        let quotes = "Answers made of quotes have \(name) \(ReportText.interval(answers.quotes)) on \(count) \(place)"
        guard let written = answers.written, let difference = answers.difference else {
            return "Answers are quotes: no model wrote any. \(quotes)."
        }
        let compared =
            "\(quotes); what the best model wrote has \(ReportText.interval(written)), and written minus quotes is "
            + "\(ReportText.interval(difference))."
        if answers.writes { return "Answers are written by \(model(answers.chosen)). \(compared)" }
        let reason =
            difference.upper < 0
            ? "quotes are better"
            : "these questions cannot tell that writing is better, and quotes say nothing that the documents do not"
        return "Answers are quotes: \(reason). \(compared)"
    }

    private func course(_ answers: AnswerResults) -> String {
        let order =
            answers.isJoint
            ? "Retrieval and writing were searched together."
            : "Retrieval was searched first, by its own metric; ways of answering were then searched over the retrievals "
                + "on its front (recall of evidence within small and large budgets of context)."
        let unanswerable =
            answers.unanswerable > 0
            ? " \(answers.unanswerable) of the questions of the result have no answer in the documents: there an "
                + "abstention counts 1, and an answer 0." : ""
        return "\(order) \(meaning(answers.objective.metric)) An abstention counts 0 where there is an answer."
            + unanswerable
            + (answers.judging.map { " " + Self.words($0) }
                ?? " These measures compare words; no judge has read the answers.")
    }

    /// Who judged, and how far that can be trusted.
    static func words(_ judging: AnswerResults.Judging) -> String {
        var words = "The judge is \(judging.name), \(judging.isAudited ? "audited, " : "unaudited: ")\(judging.words)"
        if !words.hasSuffix(".") { words += "." }
        for (kind, rate) in [("quotes", judging.quotesFailureRate), ("written answers", judging.writtenFailureRate)] {
            guard let rate else { continue }
            words +=
                " On \(kind) it gave no verdict in a share of \(Rounding.text(rate)) of the questions; these count 0."
        }
        if judging.judgesItself {
            words += " It judged answers that it wrote itself, and models find better what they wrote."
        }
        return words
    }

    private func meaning(_ metric: String) -> String {
        switch metric {
        case "answer_f1":
            "answer_f1 is the F1 of words in common with the golden answer, as SQuAD's script counts it; unlike token_f1 of "
                + "neo eval it also counts questions without an answer."
        case AnswerTrialEvaluator.judged:
            "judge_correctness is what a language model says of the answer beside the golden ones: 1, 0.5 or 0."
        case "rouge_l": "rouge_l is the longest common sequence of words with the golden answer, as an F-measure."
        case "answer_similarity": "answer_similarity is the cosine with the golden answer by the first encoder."
        default: "exact_match is 1 where the words are those of a golden answer."
        }
    }

    private func rows(_ answers: AnswerResults) -> [[String]] {
        func row(_ name: String, _ score: SearchResults.Estimate, _ metrics: [String: Double]) -> [String] {
            func share(_ key: String) -> String { metrics[key].map { Rounding.text($0) } ?? "–" }
            let tokens = ["input_tokens", "output_tokens"].compactMap { metrics[$0] }
            return [
                name, ReportText.interval(score), share("abstained"), share("unsupported"),
                tokens.isEmpty ? "–" : tokens.map { Rounding.text($0, digits: 0) }.joined(separator: ", "),
            ]
        }
        var rows = [row("Quotes", answers.quotes, answers.quotesMetrics)]
        if let written = answers.written {
            let writer = answers.trials.first { $0.number == answers.writer }
            let name = writer.map { "Written by \(Self.model($0.configuration)) (trial \($0.number))" }
            rows.append(row(name ?? "Written", written, answers.writtenMetrics))
        }
        return rows
    }

    private func trial(_ answers: AnswerResults, _ trial: SearchResults.TrialResult) -> [String] {
        let measured =
            trial.measuredQuestions.map { "\($0), stopped early" }
            ?? (trial.state == .complete ? "\(answers.questions)" : trial.state.rawValue)
        return [
            "\(trial.number)", Self.words(trial.configuration),
            trial.score.map { Rounding.text($0.value) } ?? "–", measured, "\(trial.failures)",
        ]
    }

    private static func model(_ configuration: Configuration) -> String {
        configuration["generator"]?.string ?? GenerationSpace.quotes
    }

    /// A way of answering in a few words.
    static func words(_ configuration: Configuration) -> String {
        configuration.values.sorted { $0.key < $1.key }.filter { $0.key != "generator" }
            .reduce(into: [model(configuration)]) { words, value in
                let text = value.value.string ?? value.value.canonicalText
                words.append("\(value.key.split(separator: ".").last ?? "") \(text)")
            }.joined(separator: ", ")
    }
}
