/// An interval for a mean of scores from 0 to 1, e.g. of nDCG over questions that come in clusters.
///
/// The mean that is asked for lies where the one that was found is no more than t standard errors away. As in Wilson's
/// interval for a proportion the standard error is the one of the mean that is asked for: it shrinks towards 0 and 1 as
/// μ(1 − μ) does, so that the interval is asymmetric where scores pile up at an end, and stays within 0 and 1. What the
/// variance of clustered scores is beside μ(1 − μ), the design factor, is estimated.
///
/// Where all scores are the same they say nothing of the variance. The groups then count as independent questions that
/// are answered or not: 20 of 20 ones give Wilson's 0.84 to 1.
///
/// Sources: E. B. Wilson (1927); for clusters N. Dean, M. Pagano, "Evaluating confidence interval methods for binomial
/// proportions in clustered surveys", Journal of Survey Statistics and Methodology 3 (2015); standard error and t by
/// ``GroupedMean``.
///
/// ```swift
/// let interval = try meanInterval([0.2, 1, 0.4, 1, 1], groups: ["a", "a", "b", "c", "d"])
/// ```
///
/// - Parameters:
///   - values: At least two, from 0 to 1.
///   - groups: The name of each value's group, at least two different ones; nil where each value is its own group.
///   - confidence: Two-sided, e.g. 0.95.
/// - Throws: ``StatisticsError``; `.tooFew` where there is only one group, which says nothing about how groups differ.
public func meanInterval(
    _ values: [Double], groups: [String]? = nil, confidence: Double = 0.95
) throws(StatisticsError) -> Interval {
    try check(confidence: confidence)
    try check(values, in: 0...1)
    let found = try GroupedMean(values, by: groups)
    let mean = min(max(found.mean, 0), 1)
    let reach = squaredReach(of: found, mean: mean, probability: 1 - (1 - confidence) / 2)
    let centre = mean + reach / 2
    let half = (reach * mean * (1 - mean) + reach * reach / 4).squareRoot()
    return Interval(
        estimate: mean,
        // At the ends the formula is 0 or 1 exactly; rounding must not move it.
        lower: mean == 0 ? 0 : max(0, (centre - half) / (1 + reach)),
        upper: mean == 1 ? 1 : min(1, (centre + half) / (1 + reach)),
        confidence: confidence
    )
}

/// The square of how many standard deviations √(μ(1 − μ)) the interval reaches.
private func squaredReach(of found: GroupedMean, mean: Double, probability: Double) -> Double {
    guard !found.isConstant, mean > 0, mean < 1 else {
        let z = normalQuantile(probability)
        return z * z / found.groups
    }
    let factor = found.variance / (mean * (1 - mean))
    let t = studentQuantile(probability, freedom: found.freedom)
    let cautious = studentQuantile(probability, freedom: found.cautiousFreedom)
    // Nothing between 0 and 1 varies more than what is either, so caution goes no further than that.
    return min(cautious * cautious * factor, t * t * max(factor, 1 / found.groups))
}

/// An interval for the mean difference of two things that were scored from 0 to 1 on the same items.
///
/// The mean, and t standard errors to either side. Most differences are 0 as a rule, and few carry all that is known of
/// the variance; t has the degrees of freedom that they leave.
///
/// Where all differences are the same, rare large ones could still have been missed: the interval reaches so far to both
/// sides as Wilson's interval for a share of which none was seen, 0.16 after 20 items and 0.04 after 100.
///
/// Source: as of ``GroupedMean``.
///
/// - Parameters:
///   - differences: First minus second, an item each, from −1 to 1; at least two.
///   - groups: The name of each item's group, at least two different ones; nil where each item is its own group.
///   - confidence: Two-sided, e.g. 0.95.
public func meanDifferenceInterval(
    _ differences: [Double], groups: [String]? = nil, confidence: Double = 0.95
) throws(StatisticsError) -> Interval {
    try check(confidence: confidence)
    try check(differences, in: -1...1)
    let found = try GroupedMean(differences, by: groups)
    let probability = 1 - (1 - confidence) / 2
    let half: Double
    if found.isConstant {
        let z = normalQuantile(probability)
        half = z * z / (found.groups + z * z)
    } else {
        half = studentQuantile(probability, freedom: found.cautiousFreedom) * found.variance.squareRoot()
    }
    return Interval(
        estimate: found.mean, lower: max(-1, found.mean - half), upper: min(1, found.mean + half),
        confidence: confidence)
}
