internal import AutoML
internal import Statistics

/// The part of a report about systems that are not Neo's.
struct ReportExternals {
    let results: SearchResults

    /// What stands beside the result: which of them are better than it.
    var warnings: [ReportBlock] {
        better.map { result in
            .paragraph(
                "\(result.name), which is not Neo's, is better than what this search found: "
                    + "\(ReportText.interval(result.score)) on the same questions, \(DecisionWords.chosen(results)) minus it "
                    + "\(ReportText.interval(result.difference)). Keep it, or search longer or another space.")
        }
    }

    var blocks: [ReportBlock] {
        guard let externals = results.externals, !externals.isEmpty else { return [] }
        let verdict = results.verdict
        let winner = [
            "this search (\(results.sampler))", Rounding.text(verdict.searchScore), interval(verdict.winner), "–", "–",
            "–", "–",
        ]
        let start = results.trials.first { $0.number == results.baseline }?.score?.value
        let untouched = [
            "Neo's default", start.map { Rounding.text($0) } ?? "–", interval(verdict.baseline),
            interval(verdict.difference), "–", "–", "–",
        ]
        let rows = externals.map { result in
            let latency = results.externalLatencies.first { $0.name == result.name }
            return [
                result.name, Rounding.text(result.searchScore), interval(result.score), interval(result.difference),
                "\(result.failures.count + result.heldOutFailures) of \(result.questions)",
                "\(result.unplaced) of \(result.passages)",
                latency.map {
                    "\(ExternalWords.milliseconds($0.p50.estimate)), \(ExternalWords.milliseconds($0.p95.estimate))"
                } ?? "–",
            ]
        }
        var blocks: [ReportBlock] = [
            .heading("Systems that are not Neo's"),
            .paragraph(
                "They were asked the same questions, and their passages were judged by the same evidence: each is looked "
                    + "for in the documents, covers evidence there, and takes up context. What stands nowhere in the "
                    + "documents takes up context and covers nothing. They are measured only, and cannot win. \(honesty)"
            ),
            .table(
                header: [
                    "System", "On the search's questions", "On the questions of the result",
                    "\(DecisionWords.chosenTitle(results)) minus this",
                    "Failed questions", "Passages not in the documents", "Latency p50, p95",
                ],
                rows: [winner] + rows + [untouched]),
            .list(externals.map { "\($0.name): \(ExternalWords.judgement($0, of: results))." }),
        ]
        let sentences = externals.flatMap { result -> [String] in
            let words = ExternalWords(name: result.name, questions: result.questions)
            return [
                words.failures(result.failures, more: result.heldOutFailures),
                words.unplaced(result.unplaced, of: result.passages), words.abstentions(result.abstentions),
                result.walls,
            ].compactMap { $0 }
        }
        if !sentences.isEmpty { blocks.append(.list(sentences)) }
        return blocks
    }

    private var better: [SearchResults.ExternalResult] {
        (results.externals ?? []).filter { ExternalWords.isBetter($0, results.objective) }
    }

    private var honesty: String {
        let latency =
            "Their latency is that of one question after the other, as Neo saw it; do not compare it with that of Neo's own "
            + "configurations, which are measured without a connection."
        guard results.verdict.kind != .heldOut else { return latency }
        return
            "The \(DecisionWords.chosen(results)) was picked by these very questions and they were not, so the "
            + "difference flatters it. "
            + latency
    }

    private func interval(_ estimate: SearchResults.Estimate) -> String {
        "\(Rounding.text(estimate.value)) (\(Rounding.text(estimate.lower)) to \(Rounding.text(estimate.upper)))"
    }
}
