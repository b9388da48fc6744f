internal import AutoML
internal import Base

/// What a report says, in plain text: one wording for the Markdown and the HTML.
struct ReportContent {
    let results: SearchResults
    /// What the search was made with; nil where that is not known.
    var manifest: JSONValue?

    var title: String { "Search report: \(results.project)" }

    var blocks: [ReportBlock] {
        summary + ReportBaselines(results: results).blocks
            + ReportAnswers(results: results).blocks + ReportExternals(results: results).blocks + whatWasSearched
            + metric + trials
            + ReportFinalists(results: results).blocks + ReportCosts(results: results).blocks
            + ReportDetails(results: results).blocks
            + ReportOrigin(results: results, manifest: manifest).blocks
    }

    private var verdict: SearchResults.Verdict { results.verdict }

    private var summary: [ReportBlock] {
        let name = results.objective.metric
        var blocks: [ReportBlock] = [.heading("The result")]
        if let warning = results.approvals?.warning { blocks.append(.paragraph(warning)) }
        if let winner = results.trials.first(where: { $0.number == results.winner }) {
            blocks.append(
                .paragraph(
                    "\(DecisionWords.subject(results)) is trial \(winner.number): "
                        + "\(ConfigurationSentence.text(winner.configuration)).")
            )
            if let unmet = DecisionWords.unmet(results) { blocks.append(.paragraph(unmet)) }
        } else {
            blocks.append(
                .paragraph("The results name a winner (trial \(results.winner)) that is not among the trials."))
        }
        blocks.append(
            .paragraph("Its \(name) is \(ReportText.interval(verdict.winner)), measured on \(questionsOfVerdict)."))
        blocks.append(.paragraph(honesty))
        blocks.append(
            .paragraph(
                "The default configuration (trial \(results.baseline)), with which every search begins, has "
                    + "\(ReportText.interval(verdict.baseline)) on the same questions. "
                    + "\(DecisionWords.chosenTitle(results)) minus default: "
                    + "\(ReportText.interval(verdict.difference)). Judgement: \(SearchSummary.judgement(results)).\(advice)"
            )
        )
        blocks += ReportExternals(results: results).warnings
        blocks.append(.levels(VerdictReading(results: results).text))
        return blocks
    }

    /// What to do where the questions cannot tell; a search is no reason to change what works.
    private var advice: String {
        guard results.winner != results.baseline, verdict.difference.lower <= 0, verdict.difference.upper >= 0 else {
            return ""
        }
        return " So nothing here speaks for leaving the default, unless latency, size or cost do (below)."
    }

    private var questionsOfVerdict: String {
        let count = ReportText.count(verdict.questions, "question")
        return switch verdict.kind {
        case .heldOut: "\(count) held out, which the search never saw"
        case .crossFitted: "the \(count) of the search, cross-fitted"
        case .search: "the same \(count) that chose it"
        }
    }

    /// What the number is worth, and what a careless one would have been.
    private var honesty: String {
        let naive = Rounding.text(verdict.searchScore)
        return switch verdict.kind {
        case .heldOut:
            "The naive number would have been \(naive): what the \(DecisionWords.chosen(results)) scored on the questions that "
                + "chose it. The best of many tries is partly lucky on the questions it was chosen by, so that number "
                + "is too good on average\(isLuckier ? ", though not this time" : ""). Trust the held-out one."
        case .crossFitted: ReportCrossFitting.honesty(naive: naive, chosen: DecisionWords.chosen(results))
        case .search:
            "This number is optimistic. The \(DecisionWords.chosen(results)) was picked by the same questions, and the "
                + "best of many tries is partly lucky, so expect a somewhat worse result on new questions; it is "
                + "the naive number (\(naive)), since there was no other to report. With 100 questions or more Neo holds some back, and measures "
                + "the \(DecisionWords.chosen(results)) on those."
        }
    }

    /// Whether the questions that were held out happened to be easier.
    private var isLuckier: Bool {
        RankedTrials(results: results).isBetter(verdict.winner.value, verdict.searchScore)
    }

    private var whatWasSearched: [ReportBlock] {
        let corpus = results.corpus
        let failed = results.trials.count { $0.state == .failed }
        let unfinished = results.trials.count { $0.state == .running }
        var tried = "\(ReportText.count(results.trials.count, "configuration")) tried (sampler: \(results.sampler))"
        if failed > 0 { tried += ", of which \(failed) failed" }
        let stopped = results.trials.count { $0.state == .stopped }
        if stopped > 0 { tried += ", of which \(stopped) stopped early for doing badly on their first questions" }
        let seeds = results.trials.filter { $0.origin.hasPrefix("seed ") }
        if !seeds.isEmpty {
            tried +=
                "; given as seeds: "
                + seeds.map { "trial \($0.number) (\($0.origin.dropFirst(5)))" }
                .joined(separator: ", ")
        }
        let learnt = results.trials.filter { $0.origin.hasPrefix(WarmStart.originPrefix) }
        if !learnt.isEmpty {
            tried +=
                "; begun with what did well in other searches of this machine: "
                + learnt.map { "trial \($0.number) (record \($0.origin.dropFirst(WarmStart.originPrefix.count)))" }
                .joined(separator: ", ")
        }
        if unfinished > 0 { tried += ", of which \(unfinished) not finished" }
        var questions = "\(ReportText.count(corpus.questions, "question"))"
        if corpus.unanswerable > 0 {
            questions += ", of which \(corpus.unanswerable) without an answer in the documents"
        }
        questions += "; the search saw \(results.searchQuestions)"
        if verdict.kind == .heldOut { questions += ", and \(verdict.questions) were held out" }
        return [
            .heading("What was searched"),
            .paragraph(
                "Neo tried configurations of the search engine (how documents are cut into chunks, how chunks are found), "
                    + "and measured for each how well it finds the evidence for the questions."
            ),
            .list([
                "\(ReportText.count(corpus.documents, "document")) (\(corpus.bytes) bytes)", questions,
                "\(corpus.resolvedQuotes) of \(ReportText.count(corpus.quotes, "evidence quote")) found in the documents",
                tried,
            ]),
        ]
    }

    private var metric: [ReportBlock] {
        let name = results.objective.metric
        let meaning = "\(name): \(MetricDefinition.sentence(for: name))"
        let direction = results.objective.direction == .maximize ? "Larger is better." : "Smaller is better."
        var blocks: [ReportBlock] = [
            .heading("What the number means"),
            .paragraph("\(meaning) \(direction) A question that could not be measured counts as the worst."),
        ]
        if !verdict.metrics.isEmpty {
            let questions = verdict.kind == .crossFitted ? ReportCrossFitting.metricQuestions : questionsOfVerdict
            blocks.append(.paragraph("All metrics of the \(DecisionWords.chosen(results)), on \(questions):"))
            blocks.append(
                .table(
                    header: ["Metric", "Mean", "What it is"],
                    rows: verdict.metrics.sorted { $0.key < $1.key }.map {
                        [$0.key, Rounding.text($0.value), MetricDefinition.short(for: $0.key)]
                    }
                )
            )
        }
        return blocks
    }

    private var trials: [ReportBlock] {
        let ranked = RankedTrials(results: results)
        let inference = ReportInference(results: results)
        let costs = ReportCosts(results: results)
        let rows = ranked.shown.map { trial in
            [
                ranked.label(trial), trial.score.map { Rounding.text($0.value) } ?? trial.state.rawValue,
                trial.score.map { "\(Rounding.text($0.lower)) to \(Rounding.text($0.upper))" } ?? "–",
                String(trial.failures),
            ] + inference.cell(trial.number) + costs.cell(trial) + [ranked.words(trial)]
        }
        return [
            .heading("The best trials and the default"),
            .paragraph(
                "A trial is one configuration, measured. These scores are on the "
                    + "\(ReportText.count(results.searchQuestions, "question")) of the search: good for comparing trials, "
                    + "too good to promise. Where intervals overlap widely, the order is partly chance. \"As "
                    + "\(results.winner), but\" names what differs from trial \(results.winner). \"Not measured\" counts "
                    + "questions on which a configuration broke down."
            ),
            .charts([.bestSoFar, .bestTrials]),
            .table(
                header: ["Trial", results.objective.metric, "95 % interval", "Not measured"] + inference.header
                    + costs.header + ["Configuration"],
                rows: rows
            ),
        ] + inference.paragraphs + ReportUndecided(results: results).blocks + inference.levels + choices
            + ReportImportance(results: results).blocks
    }

    private var choices: [ReportBlock] {
        guard !ParameterChart.all(results).isEmpty else { return [] }
        return [
            .heading("What each choice did"),
            .paragraph(
                "Each dot of the charts (they are in report.html) is a trial, by the value that it gave to a parameter; "
                    + "the line is the median, the box the middle half. Where the dots of a value lie further right, it tends to score higher. The trials "
                    + "differ in other choices too: this is a hint, not a proof."
            ),
            .charts([.parameters]),
        ]
    }
}
