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

    /// What the column means, for a reader who never met a test that may be looked at any time.
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
        var second =
            "\"Worse\" is said only on strong evidence, question by question (a betting test): the chance of a single wrong "
            + "\"worse\" in the whole list is at most \(chance) %, however many configurations there are and whenever one of "
            + "them was stopped. So small differences stay open."
        if !["grid", "random"].contains(results.sampler) {
            second +=
                " The theory of the \(chance) % leaves out that the search chose configurations by their scores on these "
                + "same questions; in simulated searches of this kind fewer than 1 in 100 such lists had a mistake."
        }
        return [.paragraph(text + "."), .paragraph(second)]
    }
}
