internal import Base

/// An interval for a mean that may be looked at after every value, and holds at all those moments together.
///
/// Against every possible mean m two gamblers bet, one that the mean is above it and one that it is below; the means
/// against which neither ever turned a capital of ½ into 1 / (1 − confidence) are left over. No assumption is made but
/// that the values lie between −1 and 1, so it is wider than a bootstrap interval: where all of n differences are 0, it
/// still reaches to about ± 4/3 · log(2 / error) / n, because rare large differences could have been missed.
///
/// Source: I. Waudby-Smith, A. Ramdas, "Estimating means of bounded random variables by betting", Journal of the Royal
/// Statistical Society B 86 (2024), theorem 3 (hedged capital process) with the stakes of its equation 26, cut at 3/4;
/// without groups equal to `betting_cs` of the Python package confseq (`trunc_scale=3/4`, `running_intersection=True`).
///
/// - Parameters:
///   - values: At least one, from −1 to 1; what lies outside counts as the nearer end.
///   - groups: The name of each value's group, whose values are bet on together; nil where each is its own group.
///   - confidence: Of all moments together, e.g. 0.95.
public func bettingInterval(
    _ values: [Double], groups: [String]? = nil, confidence: Double = 0.95
) throws(StatisticsError) -> Interval {
    try check(confidence: confidence)
    try check(values)
    let bets = HedgedBets(try Groups(values, by: groups), error: 1 - confidence)
    // Both capitals are monotone in the mean that they bet against, so the ends are found by halving.
    let lower = halved(from: 0, to: 1) { bets.isRefused($0) }
    let upper = 1 - halved(from: 0, to: 1) { bets.mirrored.isRefused($0) }
    let middle = (lower + upper) / 2
    let isEmpty = lower > upper
    return Interval(
        estimate: values.reduce(0, +) / Double(values.count),
        lower: 2 * (isEmpty ? middle : lower) - 1,
        upper: 2 * (isEmpty ? middle : upper) - 1,
        confidence: confidence
    )
}

/// Where a condition that holds at the lower end, if anywhere, stops holding: to 2⁻⁴⁰.
private func halved(from low: Double, to high: Double, while holds: (Double) -> Bool) -> Double {
    guard holds(low) else { return low }
    var (low, high) = (low, high)
    for _ in 0..<40 {
        let middle = (low + high) / 2
        if holds(middle) { low = middle } else { high = middle }
    }
    return low
}

/// The stakes on each value, before any mean is bet against.
private struct HedgedBets {
    /// The values, moved from −1 … 1 to 0 … 1; of a group their mean.
    private var values: [Double]
    /// The share of the largest group's size that each has.
    private let weights: [Double]
    private var stakes: [Double] = []
    private let logThreshold: Double

    init(_ groups: Groups, error: Double) {
        values = zip(groups.sums, groups.counts).map { min(max(($0 / $1 + 1) / 2, 0), 1) }
        let largest = groups.counts.max() ?? 1
        weights = groups.counts.map { $0 / largest }
        logThreshold = logarithm(2 / error)
        var (sum, squares) = (0.5, 0.25)
        for (place, value) in values.enumerated() {
            let t = Double(place + 1)
            stakes.append((2 * logThreshold / (squares / t * t * logarithm(t + 1))).squareRoot())
            sum += value
            let mean = sum / (t + 1)
            squares += (value - mean) * (value - mean)
        }
    }

    /// The same for one minus each value.
    var mirrored: HedgedBets {
        var other = self
        other.values = values.map { 1 - $0 }
        return other
    }

    /// Whether betting that the mean is above this one was ever won.
    func isRefused(_ mean: Double) -> Bool {
        var logCapital = 0.0
        for ((value, weight), stake) in zip(zip(values, weights), stakes) {
            let stake = mean > 0 ? min(stake, 0.75 / mean) : stake
            logCapital += logarithm(1 + stake * weight * (value - mean))
            if logCapital >= logThreshold { return true }
        }
        return false
    }
}
