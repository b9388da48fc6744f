public import Base

/// How probable a mean difference at least as large, in either direction, is if only chance decided which of the two
/// came first on each item: the two-sided p-value of the paired randomisation test.
///
/// Up to 2^n sign patterns ≤ `resamples` are all tried, and the p-value is exact. Beyond that patterns are drawn, and
/// the p-value is (b + 1) / (m + 1), which is never 0 and keeps the test's level.
///
/// Source: R. A. Fisher, "The Design of Experiments" (1935), section 21; for drawn patterns, B. Phipson, G. K. Smyth,
/// "Permutation p-values should never be zero" (2010), equation 2. Where exact it equals
/// `scipy.stats.permutation_test(permutation_type="samples")`.
///
/// - Parameters:
///   - differences: First minus second, an item each; all finite, at least one.
///   - groups: The name of each item's group, whose signs flip together; nil where each item is its own group.
///   - resamples: How many patterns are tried at most.
///   - generator: Where the randomness comes from.
public func pairedSignFlipTest(
    _ differences: [Double],
    groups: [String]? = nil,
    resamples: Int = 10_000,
    using generator: SplitMix64
) throws(StatisticsError) -> Double {
    try check(differences)
    guard resamples > 0 else {
        throw StatisticsError(.badArgument, "A randomisation test needs at least one resample, not \(resamples).")
    }
    // A group without a difference is the same under both signs: leaving it out changes nothing but the work.
    let sums = try Groups(differences, by: groups).sums.filter { $0 != 0 }
    // Sums in another order round differently; patterns that are equal but for that must count as equal.
    let slack = 1e-12 * sums.reduce(0) { $0 + abs($1) }
    let observed = abs(sums.reduce(0, +)) - slack
    if sums.count < 63, 1 << sums.count <= resamples {
        return exactShare(of: sums, reaching: observed)
    }
    var generator = generator
    var reached = 0
    for _ in 0..<resamples where abs(flippedSum(of: sums, using: &generator)) >= observed {
        reached += 1
    }
    return Double(reached + 1) / Double(resamples + 1)
}

/// The share of all sign patterns whose sum is at least as large, in either direction.
private func exactShare(of sums: [Double], reaching observed: Double) -> Double {
    var reached = 0
    let patterns = 1 << sums.count
    for pattern in 0..<patterns {
        var sum = 0.0
        for (place, value) in sums.enumerated() {
            sum += pattern >> place & 1 == 0 ? value : -value
        }
        if abs(sum) >= observed { reached += 1 }
    }
    return Double(reached) / Double(patterns)
}

/// The sum under random signs, 64 of which come from each random number.
private func flippedSum(of sums: [Double], using generator: inout SplitMix64) -> Double {
    var sum = 0.0
    var bits: UInt64 = 0
    for (place, value) in sums.enumerated() {
        if place % 64 == 0 { bits = generator.next() }
        sum += bits & 1 == 0 ? value : -value
        bits >>= 1
    }
    return sum
}
