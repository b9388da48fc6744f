/// Cohen's kappa: how far two raters of the same items agree beyond what they would by chance, from −1 to 1, with its
/// interval.
///
/// The interval is kappa and z standard errors, kept within −1 and 1. Where the raters agree on every item the standard
/// error is 0, though rare disagreements may have been missed: the lower end is then the kappa at the lower end of
/// Wilson's interval for the share of agreements.
///
/// Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20
/// (1960); the standard error by J. L. Fleiss, J. Cohen, B. S. Everitt, "Large sample standard errors of kappa and
/// weighted kappa", Psychological Bulletin 72 (1969). Equals `cohens_kappa` of `statsmodels.stats.inter_rater` and
/// `sklearn.metrics.cohen_kappa_score`.
///
/// - Parameters:
///   - first: The category that the first rater gave each item.
///   - second: The same of the second rater.
///   - confidence: Two-sided, e.g. 0.95.
/// - Returns: Nil where both raters gave all items one and the same category: chance alone explains that.
public func cohensKappa<Category: Hashable>(
    _ first: [Category], _ second: [Category], confidence: Double = 0.95
) throws(StatisticsError) -> Interval? {
    try check(confidence: confidence)
    guard first.count == second.count else {
        throw StatisticsError(
            .lengthsDiffer, "The raters gave \(first.count) and \(second.count) categories; an item has one of each.")
    }
    guard !first.isEmpty else { throw StatisticsError(.tooFew, "Agreement on no items is not defined.") }
    let count = Double(first.count)
    func shares<Key: Hashable>(_ keys: [Key]) -> [Key: Double] {
        Dictionary(keys.map { ($0, 1 / count) }, uniquingKeysWith: +)
    }
    let (rows, columns) = (shares(first), shares(second))
    let cells = shares(zip(first, second).map { [$0, $1] })
    let agreements = zip(first, second).count { $0 == $1 }
    let observed = Double(agreements) / count
    let expected = rows.reduce(0) { $0 + $1.value * columns[$1.key, default: 0] }
    guard expected < 1 - 1e-12 else { return nil }
    let kappa = (observed - expected) / (1 - expected)
    let z = normalQuantile(1 - (1 - confidence) / 2)
    var (diagonal, rest) = (0.0, 0.0)
    for (cell, share) in cells {
        let marginals = columns[cell[0], default: 0] + rows[cell[1], default: 0]
        if cell[0] == cell[1] {
            let term = 1 - marginals * (1 - kappa)
            diagonal += share * term * term
        } else {
            rest += share * marginals * marginals
        }
    }
    let chance = kappa - expected * (1 - kappa)
    let variance =
        (diagonal + (1 - kappa) * (1 - kappa) * rest - chance * chance) / ((1 - expected) * (1 - expected) * count)
    let half = z * max(0, variance).squareRoot()
    guard agreements < first.count else {
        let least = try wilsonInterval(successes: agreements, of: first.count, confidence: confidence).lower
        return Interval(
            estimate: 1, lower: max(-1, (least - expected) / (1 - expected)), upper: 1, confidence: confidence)
    }
    return Interval(
        estimate: kappa, lower: max(-1, kappa - half), upper: min(1, kappa + half), confidence: confidence)
}
