public import Base

/// An interval for a mean by the percentile bootstrap over groups.
///
/// Whole groups are drawn with replacement, as many as there are, and the mean of all their values is taken; the
/// interval runs between quantiles of those means. Values of one group (questions about one document, repetitions
/// with one seed) are not independent, and an interval that forgets it is too narrow.
///
/// Source: B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13; for groups, A. C.
/// Davison, D. V. Hinkley, "Bootstrap Methods and their Application" (1997), section 3.8, strategy 1.
///
/// ```swift
/// let interval = try bootstrapMeanInterval([0.2, 0.9, 0.4, 0.7], using: SplitMix64(seed: 1))
/// ```
///
/// - Parameters:
///   - values: At least two, all finite.
///   - groups: The name of each value's group, at least two different ones; nil where each value is its own group.
///   - confidence: Two-sided, e.g. 0.95.
///   - resamples: How many resamples are drawn.
///   - generator: Where the randomness comes from; equal generators give equal intervals.
/// - Throws: `StatisticsError`; `.tooFew` where there is only one group, which says nothing about how groups differ.
public func bootstrapMeanInterval(
    _ values: [Double],
    groups: [String]? = nil,
    confidence: Double = 0.95,
    resamples: Int = 10_000,
    using generator: SplitMix64
) throws(StatisticsError) -> Interval {
    try check(confidence: confidence)
    try check(values, atLeast: 2)
    guard resamples > 0 else {
        throw StatisticsError(.badArgument, "A bootstrap needs at least one resample, and \(resamples) were asked for.")
    }
    let grouped = try Groups(values, by: groups)
    guard grouped.sums.count >= 2 else {
        throw StatisticsError(.tooFew, "All values are of one group, which says nothing about how groups differ.")
    }
    let means = resampledMeans(of: grouped, resamples: resamples, using: generator)
    let estimate = values.reduce(0, +) / Double(values.count)
    let tail = (1 - confidence) / 2
    return Interval(
        estimate: estimate,
        lower: quantile(tail, ofSorted: means) ?? estimate,
        upper: quantile(1 - tail, ofSorted: means) ?? estimate,
        confidence: confidence
    )
}

/// An interval for the mean difference of two things that were measured on the same items: first minus second.
///
/// The items' own difficulty cancels out in the differences, so this shows much smaller effects than two separate
/// intervals. Otherwise as ``bootstrapMeanInterval(_:groups:confidence:resamples:using:)``.
public func pairedDifferenceInterval(
    _ first: [Double],
    _ second: [Double],
    groups: [String]? = nil,
    confidence: Double = 0.95,
    resamples: Int = 10_000,
    using generator: SplitMix64
) throws(StatisticsError) -> Interval {
    guard first.count == second.count else {
        throw StatisticsError(
            .lengthsDiffer,
            "A paired difference needs both on the same items, and there are \(first.count) and \(second.count)."
        )
    }
    return try bootstrapMeanInterval(
        zip(first, second).map { $0 - $1 },
        groups: groups,
        confidence: confidence,
        resamples: resamples,
        using: generator
    )
}

/// The means of the resamples, ascending.
func resampledMeans(of groups: Groups, resamples: Int, using generator: SplitMix64) -> [Double] {
    var generator = generator
    let count = groups.sums.count
    var means: [Double] = []
    means.reserveCapacity(resamples)
    for _ in 0..<resamples {
        var sum = 0.0
        var weight = 0.0
        for _ in 0..<count {
            let drawn = Int(truncatingIfNeeded: generator.next(upperBound: UInt64(count)))
            sum += groups.sums[drawn]
            weight += groups.counts[drawn]
        }
        means.append(sum / weight)
    }
    means.sort()
    return means
}
