internal import AutoML

/// The part of a report that says whether the search was worth its cost: what simpler ways found with as many trials.
struct ReportBaselines {
    let results: SearchResults

    var blocks: [ReportBlock] {
        guard let baselines = results.baselines, !baselines.isEmpty else { return [] }
        let verdict = results.verdict
        let trials = results.trials.count
        let winner = [
            "this search (\(results.sampler))", String(trials), Rounding.text(verdict.searchScore),
            interval(verdict.winner), "–",
        ]
        let rows = baselines.map { baseline in
            [
                words(baseline.sampler), String(baseline.trials), Rounding.text(baseline.searchScore),
                interval(baseline.score), interval(baseline.difference),
            ]
        }
        let start = results.trials.first { $0.number == results.baseline }?.score?.value
        let untouched = [
            "none: the default", "1", start.map { Rounding.text($0) } ?? "–", interval(verdict.baseline),
            interval(verdict.difference),
        ]
        return [
            .heading("What simpler searches found"),
            .paragraph(
                "The same space was also searched in the simplest ways there are, with as many trials: \(ways). "
                    + "A search that does not beat them was not worth more than they. The third column is on the questions "
                    + "that chose each "
                    + "configuration, so it flatters all of them; compare the fourth. \(judgement(baselines))"
            ),
            .table(
                header: [
                    "Search", "Trials", "On the search's questions", "On the questions of the result",
                    "\(DecisionWords.chosenTitle(results)) minus this",
                ],
                rows: [winner] + rows + [untouched]
            ),
        ]
    }

    private var ways: String {
        let greedily = "greedily (one parameter after the other, keeping the best value of each)"
        return switch results.sampler {
        case "greedy": "at random; this search was itself the other simple way, \(greedily)"
        case "random": "\(greedily); this search was itself the other simple way, at random"
        default: "at random, and \(greedily)"
        }
    }

    private func judgement(_ baselines: [SearchResults.BaselineResult]) -> String {
        let beaten = baselines.filter { isPositive($0.difference) }.map(\.sampler)
        let better = baselines.filter { isNegative($0.difference) }.map(\.sampler)
        if !better.isEmpty {
            return "Here \(better.joined(separator: " and ")) search found better: take that, or search longer."
        }
        if beaten.count == baselines.count {
            return "Here the \(DecisionWords.chosen(results)) is better than what they found."
        }
        if beaten.isEmpty {
            return "Here these questions cannot tell the \(DecisionWords.chosen(results)) from what they found."
        }
        return
            "Here the \(DecisionWords.chosen(results)) is better than what \(beaten.joined(separator: " and ")) search "
            + "found, and cannot be told from the other."
    }

    private func isPositive(_ difference: SearchResults.Estimate) -> Bool {
        results.objective.direction == .maximize ? difference.lower > 0 : difference.upper < 0
    }

    private func isNegative(_ difference: SearchResults.Estimate) -> Bool {
        results.objective.direction == .maximize ? difference.upper < 0 : difference.lower > 0
    }

    private func words(_ sampler: String) -> String {
        sampler == "greedy" ? "greedy, one parameter after the other" : sampler
    }

    private func interval(_ estimate: SearchResults.Estimate) -> String {
        "\(Rounding.text(estimate.value)) (\(Rounding.text(estimate.lower)) to \(Rounding.text(estimate.upper)))"
    }
}
