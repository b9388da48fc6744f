/// What a judge said of many answers by one criterion, as figures.
package struct JudgeScores: Sendable, Hashable {
    /// What was judged.
    package let criterion: JudgeCriterion
    /// One an item; those that do not apply are not among them.
    package let verdicts: [JudgeVerdict]

    package init(_ criterion: JudgeCriterion, _ verdicts: [JudgeVerdict]) {
        self.criterion = criterion
        self.verdicts = verdicts
    }

    /// The scores; where the judge failed, the worst one, so that a judge that fails cannot make an answer good.
    package var scores: [Double] { verdicts.map { $0.score ?? 0 } }

    /// Their mean; nil of nothing.
    package var mean: Double? { verdicts.isEmpty ? nil : scores.reduce(0, +) / Double(verdicts.count) }

    /// How often the judge failed.
    package var failures: Int { verdicts.count { $0.failure != nil } }

    /// The share of failures; nil of nothing.
    package var failureRate: Double? {
        verdicts.isEmpty ? nil : Double(failures) / Double(verdicts.count)
    }
}
