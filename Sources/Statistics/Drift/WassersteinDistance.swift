/// The first Wasserstein distance of two samples: the area between their distribution functions, in their unit.
///
/// Equals `scipy.stats.wasserstein_distance`. Source: A. Ramdas, N. García Trillos, M. Cuturi, "On Wasserstein two-sample
/// testing and related families of nonparametric tests", Entropy 19 (2017), equation 14 with p = 1.
///
/// - Throws: ``StatisticsError`` where a sample is empty or a number is not finite.
public func wassersteinDistance(
    reference: [Double], current: [Double]
) throws(StatisticsError) -> Double {
    try check(reference)
    try check(current)
    let (left, right) = (reference.sorted(), current.sorted())
    let all = (left + right).sorted()
    var (i, j) = (0, 0)
    var area = 0.0
    for (value, next) in zip(all, all.dropFirst()) {
        while i < left.count, left[i] <= value { i += 1 }
        while j < right.count, right[j] <= value { j += 1 }
        area += abs(Double(i) / Double(left.count) - Double(j) / Double(right.count)) * (next - value)
    }
    return area
}

/// The same in standard deviations of the reference, of which 0.001 is the least: what evidently's
/// `wasserstein_stat_test` gives, which takes 0.1 and more for drift.
///
/// - Throws: ``StatisticsError`` where a sample is empty or a number is not finite.
public func normedWassersteinDistance(
    reference: [Double], current: [Double]
) throws(StatisticsError) -> Double {
    let distance = try wassersteinDistance(reference: reference, current: current)
    let centre = mean(of: reference) ?? 0
    let variance = mean(of: reference.map { ($0 - centre) * ($0 - centre) }) ?? 0
    return distance / max(variance.squareRoot(), 0.001)
}
