internal import AutoML
internal import Base

/// What a search found, in a few lines for the terminal.
package enum SearchSummary {
    /// Winner, number, comparison.
    package static func text(_ results: SearchResults) -> String {
        guard let winner = results.trials.first(where: { $0.number == results.winner }) else {
            return "The results name a winner that is not among the trials."
        }
        let verdict = results.verdict
        let questions = ReportText.count(verdict.questions, "question")
        let kind =
            switch verdict.kind {
            case .heldOut: "\(questions) that the search never saw"
            case .crossFitted: "the \(questions) of the search, cross-fitted"
            case .search: "the \(questions) that also chose it, so it is somewhat too high"
            }
        let failed = results.trials.count { $0.state == .failed }
        return """
            \(DecisionWords.title(results)) (trial \(winner.number) of \(results.trials.count)\(failed > 0 ? ", \(failed) failed" : "")): \
            \(ConfigurationWords.short(winner.configuration))
            \(results.objective.metric): \(interval(verdict.winner)) on \(kind)
            default configuration: \(interval(verdict.baseline))
            difference: \(interval(verdict.difference)) – \(judgement(results))
            """ + (winner.costPer1000.map { "\ncost: \(QuantityWords.dollars($0.value)) per 1,000 questions" } ?? "")
                + externals(results) + (results.answers.map { "\n\(ReportAnswers.verdict($0))" } ?? "")
    }

    /// Whether the winner is better than the default, as far as the questions can tell.
    package static func judgement(_ results: SearchResults) -> String {
        let difference = results.verdict.difference
        if results.winner == results.baseline { return "the default is the \(DecisionWords.chosen(results))" }
        if difference.lower > 0 { return "better than the default" }
        if difference.upper < 0 { return "worse than the default: the search was misled by chance" }
        return "not distinguishable from the default on these questions"
    }

    /// A line for each system that is not Neo's.
    private static func externals(_ results: SearchResults) -> String {
        (results.externals ?? []).map { result in
            "\nexternal \(result.name): \(interval(result.score)); the \(DecisionWords.chosen(results)) minus it: \(interval(result.difference)) – "
                + ExternalWords.judgement(result, of: results)
        }.joined()
    }

    private static func interval(_ estimate: SearchResults.Estimate) -> String {
        "\(Rounding.text(estimate.value)) (95 % interval \(Rounding.text(estimate.lower)) to \(Rounding.text(estimate.upper)))"
    }
}
