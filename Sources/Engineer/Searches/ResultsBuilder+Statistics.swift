internal import AutoML
internal import Base
internal import RAG
internal import Statistics

extension ResultsBuilder {
    /// Below this many questions a resample leaves too few to score on.
    private static let leastCrossFittedQuestions = 10

    /// Winner and default where no question was held out: the selection is run again in each resample. Nil where fewer
    /// than two trials were measured on all questions, or there are too few questions.
    func crossFittedVerdict(searchScore: Double, metrics: [String: Double]) -> SearchResults.Verdict? {
        let finalists = outcome.trials.filter {
            $0.trial.state == .complete && $0.measurements.count == split.search.count
        }
        let groups = golden.groups(of: split.search)
        guard golden.objective.direction == .maximize, finalists.count >= 2,
            (groups.map { Set($0).count } ?? split.search.count) >= Self.leastCrossFittedQuestions,
            let baseline = finalists.firstIndex(where: { $0.trial.number == outcome.baseline.trial.number }),
            let fitted = try? CrossFitting(
                finalists.map { scores(of: $0, on: split.search[...]) }, baseline: baseline, groups: groups,
                using: SplitMix64(seed: seed, stream: "cross-fitting")
            )
        else { return nil }
        return SearchResults.Verdict(
            kind: .crossFitted, questions: split.search.count, winner: estimate(fitted.selected),
            baseline: estimate(fitted.baseline), difference: estimate(fitted.difference), searchScore: searchScore,
            metrics: metrics
        )
    }

    /// Which trials are worse than others; nil where fewer than two were measured, or the metric is not one from 0 to 1.
    func inference() -> SearchResults.Inference? {
        let trials = outcome.trials.filter { $0.trial.state != .failed && !$0.measurements.isEmpty }
        guard golden.objective.direction == .maximize, trials.count >= 2 else { return nil }
        let order = comparisonOrder(
            split.search, measured: trials.map { $0.measurements.map(\.item) },
            using: SplitMix64(seed: seed, stream: "order of inference"))
        let rows = trials.map { trial in
            let measured = Set(trial.measurements.map(\.item))
            return scores(of: trial, on: order.prefix { measured.contains($0) })
        }
        let groups = golden.groups(of: order)
        guard let comparison = try? CandidateComparison(rows, groups: groups) else { return nil }
        return SearchResults.Inference(
            leader: trials[comparison.leader].trial.number, error: comparison.error, margin: comparison.margin,
            trials: trials.indices.map { place in
                let finding = comparison.findings[place]
                var found = SearchResults.Inference.Finding(
                    trial: trials[place].trial.number, verdict: finding.verdict, pValue: finding.pValue,
                    difference: estimate(finding.difference)
                )
                if place != comparison.leader, rows[place].count == order.count {
                    let differences = zip(rows[comparison.leader], rows[place]).map(-)
                    found.paired = ScoreTable.estimate(differences: differences, groups: groups)
                    found.questionsToTell = (try? itemsToTell(differences, groups: groups)) ?? nil
                }
                return found
            }
        )
    }

    private func scores(of trial: AutoML.TrialResult, on items: ArraySlice<String>) -> [Double] {
        let table = ScoreTable(trial.measurements, objective: golden.objective)
        let byItem = Dictionary(zip(table.items, table.scores), uniquingKeysWith: { first, _ in first })
        return items.map { byItem[$0] ?? 0 }
    }

    private func estimate(_ interval: Interval) -> SearchResults.Estimate {
        SearchResults.Estimate(value: interval.estimate, lower: interval.lower, upper: interval.upper)
    }
}
