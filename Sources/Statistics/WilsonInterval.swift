/// Wilson's score interval for a proportion, without continuity correction.
///
/// It is the exact inversion of the score test, so unlike the textbook interval it stays within 0 and 1 and is not a
/// point when nothing or everything succeeds.
///
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927);
/// equals `scipy.stats.binomtest(k, n).proportion_ci(method="wilson")`.
///
/// - Parameters:
///   - successes: How many succeeded, from 0 to `count`.
///   - count: How many were tried, at least 1.
///   - confidence: Two-sided, e.g. 0.95.
public func wilsonInterval(
    successes: Int, of count: Int, confidence: Double = 0.95
) throws(StatisticsError) -> Interval {
    try check(confidence: confidence)
    guard count >= 1 else {
        throw StatisticsError(.tooFew, "A proportion of \(count) trials is not defined; at least one is needed.")
    }
    guard (0...count).contains(successes) else {
        throw StatisticsError(.badArgument, "\(successes) successes of \(count) trials are not possible.")
    }
    let n = Double(count)
    let share = Double(successes) / n
    let z = normalQuantile(1 - (1 - confidence) / 2)
    let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return Interval(
        estimate: share,
        // At the ends the formula is 0 or 1 exactly; rounding must not move it.
        lower: successes == 0 ? 0 : max(0, centre - half),
        upper: successes == count ? 1 : min(1, centre + half),
        confidence: confidence
    )
}
