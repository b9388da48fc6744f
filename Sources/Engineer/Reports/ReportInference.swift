internal import Statistics

/// What a report says of the trials beside each other: who is worse, who makes no difference, and of whom nobody can
/// tell.
struct ReportInference {
    let results: SearchResults

    /// The column's heading, where there is one.
    var header: [String] { results.inference == nil ? [] : ["Compared with the best"] }

    /// The column's cell for a trial.
    func cell(_ trial: Int) -> [String] {
        guard let inference = results.inference else { return [] }
        guard let finding = inference.trials.first(where: { $0.trial == trial }) else { return ["–"] }
        return switch finding.verdict {
        case .leader: ["the best here"]
        case .worse: ["worse"]
        case .noDifference: ["no difference"]
        case .undetermined: ["cannot be told"]
        }
    }

    /// How many of the trials are worse, alike, or open.
    var paragraphs: [ReportBlock] {
        guard let inference = results.inference else { return [] }
        func count(_ verdict: CandidateComparison.Verdict) -> Int { inference.trials.count { $0.verdict == verdict } }
        let (worse, alike, open) = (count(.worse), count(.noDifference), count(.undetermined))
        let chance = Rounding.text(100 * inference.error, digits: 0)
        var text =
            worse == 0
            ? "Of none of the \(inference.trials.count) configurations can it be said that another one is better"
            : "\(worse) of \(inference.trials.count) configurations \(worse == 1 ? "is" : "are") worse than the best one; "
                + "the chance that this list contains any mistake is at most \(chance) %"
        if alike > 0 {
            text +=
                ". \(alike) \(alike == 1 ? "makes" : "make") no difference to the best here: less than "
                + "\(Rounding.text(inference.margin)) either way"
        }
        if open > 0 {
            text +=
                ". Of \(worse + alike > 0 ? "the other " : "")\(open == 1 ? "one" : "\(open)") these questions cannot tell whether "
                + "\(open == 1 ? "it is" : "they are") worse than the best here: more questions might"
        }
        return [.paragraph(text + ".")]
    }

    /// What the column means, and what it does not.
    var levels: [ReportBlock] {
        guard let inference = results.inference else { return [] }
        let chance = Rounding.text(100 * inference.error, digits: 0)
        let margin = Rounding.text(inference.margin)
        var expert =
            "Against each trial a bet is placed, question by question in one common order, that whoever led on the questions "
            + "before does better (a betting test, valid at any time, so also of trials that were stopped); clusters of questions are bet on "
            + "as a whole. Holm over all \(inference.trials.count) trials keeps the chance of any wrong \"worse\" at \(chance) %. \"No "
            + "difference\" is a betting interval of leader minus trial within ±\(margin), for all pairs at once (Bonferroni)."
        if !["grid", "random"].contains(results.sampler) {
            expert +=
                " The theory of the \(chance) % leaves out that the search chose configurations by their scores on these "
                + "same questions; in simulated searches of this kind fewer than 1 in 100 such lists had a mistake."
        }
        expert +=
            "\n\nThe rows: results.json (inference.trials: p-values after Holm, differences with their intervals)."
        return [
            .levels(
                LeveledText(
                    newcomer:
                        "The best of many is partly lucky: with other questions another trial might stand first. So a trial is "
                        + "called worse only where the evidence is strong. \"Cannot be told\" means just that: these questions "
                        + "are too few to say whether such a trial is worse. Take the faster or cheaper one among those: that you lose "
                        + "by it nobody could show you, and nobody could show that you do not. What can go wrong: who reads the "
                        + "order of the table as a ranking takes chance for merit.",
                    practitioner:
                        "\"Worse\" is said only on strong evidence, question by question: the chance of a single wrong "
                        + "\"worse\" in the whole list is at most \(chance) %, however many configurations there are and whenever one of "
                        + "them was stopped. So small differences stay open. \"No difference\" means less than \(margin) either "
                        + "way.\n\nWhat to do: choose among those that are not worse by latency, size and cost. Where that does "
                        + "not settle it, more questions do; more trials do not make the comparison sharper.",
                    expert: expert))
        ]
    }
}
