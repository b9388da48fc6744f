public import Base

/// Tests on which side of a limit a mean lies, by the resamples of
/// ``bootstrapMeanInterval(_:groups:confidence:resamples:using:)``: `below` is the share of resampled means that are not
/// below the limit, and `above` that of those that are not above it.
///
/// Source: A. C. Davison, D. V. Hinkley, "Bootstrap Methods and their Application" (1997), sections 4.4 and 5.3, a
/// percentile interval inverted; (b + 1) / (m + 1) as B. Phipson and G. K. Smyth (2010) advise.
///
/// - Parameters:
///   - values: At least two, all finite.
///   - groups: The name of each value's group, at least two different ones; nil where each value is its own group.
///   - limit: The limit.
///   - resamples: How many resamples are drawn.
///   - generator: Where the randomness comes from.
public func bootstrapMeanTest(
    _ values: [Double],
    groups: [String]? = nil,
    limit: Double,
    resamples: Int = 10_000,
    using generator: SplitMix64
) throws(StatisticsError) -> LimitTest {
    try check(values, atLeast: 2)
    guard resamples > 0 else {
        throw StatisticsError(.badArgument, "A bootstrap needs at least one resample, and \(resamples) were asked for.")
    }
    let grouped = try Groups(values, by: groups)
    guard grouped.sums.count >= 2 else {
        throw StatisticsError(.tooFew, "All values are of one group, which says nothing about how groups differ.")
    }
    let means = resampledMeans(of: grouped, resamples: resamples, using: generator)
    let draws = Double(resamples + 1)
    return LimitTest(
        below: Double(means.count { $0 >= limit } + 1) / draws, above: Double(means.count { $0 <= limit } + 1) / draws)
}
