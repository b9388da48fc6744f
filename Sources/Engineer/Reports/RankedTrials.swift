internal import AutoML

/// The trials in the order in which a report shows them.
struct RankedTrials {
    let results: SearchResults

    /// Those with a score, the best first; of equal ones the earlier.
    var scored: [SearchResults.TrialResult] {
        results.trials.filter { $0.score?.value.isFinite ?? false }.sorted { left, right in
            let (first, second) = (left.score?.value ?? 0, right.score?.value ?? 0)
            return first == second ? left.number < right.number : isBetter(first, second)
        }
    }

    /// The 15 best, and the default where it is not among them.
    var shown: [SearchResults.TrialResult] {
        let best = Array(scored.prefix(15))
        guard !best.contains(where: { $0.number == results.baseline }) else { return best }
        return best + results.trials.filter { $0.number == results.baseline }
    }

    func isBetter(_ left: Double, _ right: Double) -> Bool {
        results.objective.direction == .maximize ? left > right : left < right
    }

    /// The whole configuration of the one that was chosen, and of others what differs from it.
    func words(_ trial: SearchResults.TrialResult) -> String {
        guard trial.number != results.winner,
            let chosen = results.trials.first(where: { $0.number == results.winner })?.configuration,
            let difference = ConfigurationWords.difference(of: trial.configuration, from: chosen)
        else { return ConfigurationWords.short(trial.configuration) }
        return "as \(results.winner), but \(difference)"
    }

    /// `12`, `12 (winner)`, `0 (default)`.
    func label(_ trial: SearchResults.TrialResult) -> String {
        var marks: [String] = []
        if trial.number == results.winner { marks.append(DecisionWords.title(results).lowercased()) }
        if trial.number == results.baseline { marks.append("default") }
        if ["seed ", WarmStart.originPrefix].contains(where: trial.origin.hasPrefix) { marks.append(trial.origin) }
        return marks.isEmpty ? "\(trial.number)" : "\(trial.number) (\(marks.joined(separator: ", ")))"
    }
}
