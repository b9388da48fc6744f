#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An interval for a quantile, e.g. the 95th percentile of a latency, between two of the values themselves.
///
/// How many of n independent values lie below the true quantile is binomial, whatever their distribution; the ends
/// are the innermost values that each miss it with at most half of the allowed error. Where even the outermost value
/// misses it more often, that end is nil.
///
/// For a bound on one side at 95 %, ask for a confidence of 0.90 and use that end: below 59 values the 95th
/// percentile then has no upper bound.
///
/// Source: G. J. Hahn, W. Q. Meeker, "Statistical Intervals" (1991), section 5.2.
///
/// - Parameters:
///   - values: Independent, all finite, in any order, at least one.
///   - probability: Which quantile, between 0 and 1.
///   - confidence: Two-sided, e.g. 0.95.
public func quantileInterval(
    _ values: [Double],
    probability: Double,
    confidence: Double = 0.95
) throws(StatisticsError) -> QuantileInterval {
    try check(confidence: confidence)
    try check(values)
    guard probability > 0, probability < 1 else {
        throw StatisticsError(.badArgument, "A quantile lies between 0 and 1, and \(probability) does not.")
    }
    let sorted = values.sorted()
    let masses = binomialMasses(count: sorted.count, probability: probability)
    // 1 - 0.9 is a little more than 0.1 in binary; an end must not depend on that.
    let tail = (1 - confidence) / 2 * (1 + 1e-12)
    return QuantileInterval(
        estimate: quantile(probability, ofSorted: sorted) ?? sorted[0],
        lower: reach(of: masses, within: tail).map { sorted[$0] },
        upper: reach(of: masses.reversed(), within: tail).map { sorted[sorted.count - 1 - $0] },
        confidence: confidence
    )
}

/// How far the masses can be summed from their start without exceeding the tail: the last place that fits.
private func reach(of masses: some Sequence<Double>, within tail: Double) -> Int? {
    var sum = 0.0
    var last: Int?
    for (place, mass) in masses.enumerated() {
        sum += mass
        guard sum <= tail else { break }
        last = place
    }
    return last
}

/// The probabilities of 0, 1, …, n successes. By logarithms, so that the tails do not vanish too early.
func binomialMasses(count: Int, probability: Double) -> [Double] {
    let odds = log(probability) - log1p(-probability)
    var logarithm = Double(count) * log1p(-probability)
    var masses = [exp(logarithm)]
    for successes in 0..<count {
        logarithm += log(Double(count - successes) / Double(successes + 1)) + odds
        masses.append(exp(logarithm))
    }
    return masses
}
