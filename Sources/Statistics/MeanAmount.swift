/// An interval for a mean of amounts that have no upper bound, e.g. of what questions cost: the mean, and t standard errors
/// to either side, but nothing below 0.
///
/// Amounts that are all the same are taken for a constant: the interval is a point.
///
/// Source: as of ``GroupedMean``.
///
/// - Parameters:
///   - amounts: At least two, none below 0.
///   - groups: The name of each amount's group, at least two different ones; nil where each is its own group.
///   - confidence: Two-sided, e.g. 0.95.
/// - Throws: ``StatisticsError``; `.tooFew` where there is only one group.
public func meanAmountInterval(
    _ amounts: [Double], groups: [String]? = nil, confidence: Double = 0.95
) throws(StatisticsError) -> Interval {
    try check(confidence: confidence)
    try check(amounts, in: 0...Double.greatestFiniteMagnitude)
    let found = try GroupedMean(amounts, by: groups)
    let half =
        isSame(amounts)
        ? 0
        : studentQuantile(1 - (1 - confidence) / 2, freedom: found.cautiousFreedom) * found.variance.squareRoot()
    return Interval(
        estimate: found.mean, lower: max(0, found.mean - half), upper: found.mean + half, confidence: confidence)
}

/// Tests on which side of a limit the mean of such amounts lies: ``meanAmountInterval(_:groups:confidence:)`` inverted.
public func meanAmountTest(
    _ amounts: [Double], groups: [String]? = nil, limit: Double
) throws(StatisticsError) -> LimitTest {
    try check(amounts, in: 0...Double.greatestFiniteMagnitude)
    let found = try GroupedMean(amounts, by: groups)
    guard !isSame(amounts) else {
        return LimitTest(below: found.mean <= limit ? 0 : 1, above: found.mean > limit ? 0 : 1)
    }
    let t = (found.mean - limit) / found.variance.squareRoot()
    let tail = studentTails(t, freedom: found.cautiousFreedom) / 2
    return t < 0 ? LimitTest(below: tail, above: 1 - tail) : LimitTest(below: 1 - tail, above: tail)
}

private func isSame(_ amounts: [Double]) -> Bool { amounts.min() == amounts.max() }
