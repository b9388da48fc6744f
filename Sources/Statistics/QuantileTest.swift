/// What values say of a limit: two one-sided p-values.
///
/// At most one of them can be small; where neither is, the values are too few to tell.
public struct LimitTest: Sendable, Hashable {
    /// How probable values at least as much below the limit are if the truth lies above it.
    public var below: Double
    /// How probable values at least as much above the limit are if the truth does not.
    public var above: Double

    /// Two p-values.
    public init(below: Double, above: Double) {
        self.below = below
        self.above = above
    }
}

/// Tests on which side of a limit a quantile lies, e.g. whether the 95th percentile of a latency is at most 50 ms.
///
/// How many of n independent values do not exceed the true quantile is binomial, whatever their distribution. Below 59
/// values nothing can show at 95 % that the 95th percentile is under a limit: 0.95^58 is more than 0.05.
///
/// Source: W. J. Conover, "Practical Nonparametric Statistics" (1999), section 3.2, the quantile test. Equals
/// `scipy.stats.quantile_test` with the alternatives `less` and `greater`.
///
/// - Parameters:
///   - values: Independent, in any order; one that never came is infinite. None NaN.
///   - probability: Which quantile, between 0 and 1.
///   - limit: The limit.
/// - Returns: Without values, 1 and 1.
public func quantileTest(
    _ values: [Double],
    probability: Double,
    limit: Double
) throws(StatisticsError) -> LimitTest {
    guard probability > 0, probability < 1 else {
        throw StatisticsError(.badArgument, "A quantile lies between 0 and 1, and \(probability) does not.")
    }
    guard !values.contains(where: \.isNaN) else {
        throw StatisticsError(.notFinite, "One of the \(values.count) values is no number.")
    }
    let within = values.count { $0 <= limit }
    let masses = binomialMasses(count: values.count, probability: probability)
    return LimitTest(
        below: min(1, masses[within...].reversed().reduce(0, +)), above: min(1, masses[...within].reduce(0, +)))
}
