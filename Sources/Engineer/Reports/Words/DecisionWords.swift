internal import AutoML

/// What the constraints decided, in sentences.
package enum DecisionWords {
    /// What the chosen configuration is called: only one that is known to meet every constraint is a winner.
    static func title(_ results: SearchResults) -> String {
        switch results.decision?.outcome ?? .feasible {
        case .feasible: "Winner"
        case .undetermined: "Best, undetermined"
        case .infeasible: "Nearest to the constraints"
        }
    }

    /// What it is called in the middle of a sentence, after "the".
    static func chosen(_ results: SearchResults) -> String {
        results.decision?.outcome ?? .feasible == .feasible ? "winner" : "chosen configuration"
    }

    /// The same at the beginning of one, and in a table.
    static func chosenTitle(_ results: SearchResults) -> String {
        let word = chosen(results)
        return word.prefix(1).uppercased() + word.dropFirst()
    }

    /// The same as the subject of a sentence.
    static func subject(_ results: SearchResults) -> String {
        switch results.decision?.outcome ?? .feasible {
        case .feasible: "The winner"
        case .undetermined: "There is no winner. The best configuration that may meet the constraints"
        case .infeasible: "There is no winner. The configuration that is nearest to the constraints"
        }
    }

    /// Why there is no winner; nil where there is one.
    package static func unmet(_ results: SearchResults) -> String? {
        guard let decision = results.decision else { return nil }
        let chosen = decision.candidates.first { $0.trial == decision.chosen }
        switch decision.outcome {
        case .feasible: return nil
        case .undetermined:
            let open = (chosen?.findings ?? []).filter { $0.outcome == .undetermined }
            return "No winner: trial \(decision.chosen) is the best of those that may meet the constraints, but "
                + open.map { "\"\($0.constraint)\" is undetermined (measured: \($0.measured))" }.joined(
                    separator: ", and ")
                + ". More requests or more questions, or a limit further away, would decide it."
        case .infeasible:
            let all = decision.candidates.count + decision.excluded.count
            let looked = "None of the \(all) configurations that were looked at meets the constraints."
            guard let binding = chosen?.binding else { return "No winner: \(looked)" }
            return
                "No winner: \(looked) The nearest is trial \(decision.chosen): it misses \"\(binding.constraint)\" with "
                + "\(binding.measured)\(distance(binding.excess)). Nothing was relaxed: change the limit or "
                + "the search space."
        }
    }

    private static func distance(_ excess: Double) -> String {
        let percent = excess * 100
        guard percent.isFinite, percent > 0 else { return "" }
        return ", \(Rounding.text(percent, digits: percent < 10 ? 1 : 0)) % beyond the limit"
    }
}
