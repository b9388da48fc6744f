internal import Base

/// The population stability index of two samples of numbers: Σ (p − q) ln(p / q) over bins that both have in common.
///
/// 0 where both are alike; from 0.1 on a shift is usually looked at, from 0.25 on it is large. Equals evidently's
/// `psi_stat_test`: Sturges' bins over both samples where the reference has more than 20 distinct numbers, else one for
/// each; an empty bin counts as 0.0001.
///
/// - Throws: ``StatisticsError`` where a sample is empty or a number is not finite.
public func populationStabilityIndex(
    reference: [Double], current: [Double]
) throws(StatisticsError) -> Double {
    populationStabilityIndex(try DriftShares(reference: reference, current: current))
}

/// The same of categories.
///
/// - Throws: ``StatisticsError`` where a sample is empty.
public func populationStabilityIndex<Category: Hashable>(
    categories reference: [Category], current: [Category]
) throws(StatisticsError) -> Double {
    try checkSamples(reference.count, current.count)
    return populationStabilityIndex(DriftShares(categories: reference, current))
}

/// The Jensen-Shannon distance of two samples of numbers: the root of the mean divergence of each from their mean, with
/// natural logarithms, so from 0 to √ln 2 = 0.83.
///
/// Equals evidently's `jensenshannon_stat_test` (bins as of ``populationStabilityIndex(reference:current:)``, none
/// filled) and `scipy.spatial.distance.jensenshannon` of the shares. Source: J. Lin, "Divergence measures based on the
/// Shannon entropy", IEEE Transactions on Information Theory 37 (1991), equation 4.1.
///
/// - Throws: ``StatisticsError`` where a sample is empty or a number is not finite.
public func jensenShannonDistance(
    reference: [Double], current: [Double]
) throws(StatisticsError) -> Double {
    jensenShannonDistance(try DriftShares(reference: reference, current: current))
}

/// The same of categories.
///
/// - Throws: ``StatisticsError`` where a sample is empty.
public func jensenShannonDistance<Category: Hashable>(
    categories reference: [Category], current: [Category]
) throws(StatisticsError) -> Double {
    try checkSamples(reference.count, current.count)
    return jensenShannonDistance(DriftShares(categories: reference, current))
}

private func populationStabilityIndex(_ shares: DriftShares) -> Double {
    let filled = shares.filled
    return zip(filled.reference, filled.current).reduce(0) { $0 + ($1.0 - $1.1) * logarithm($1.0 / $1.1) }
}

private func jensenShannonDistance(_ shares: DriftShares) -> Double {
    // What lies outside of all bins would leave the shares with a sum under 1.
    let (left, right) = (shares.reference.reduce(0, +), shares.current.reduce(0, +))
    var sum = 0.0
    for (p, q) in zip(shares.reference, shares.current).map({ ($0 / left, $1 / right) }) {
        let middle = (p + q) / 2
        if p > 0 { sum += p * logarithm(p / middle) }
        if q > 0 { sum += q * logarithm(q / middle) }
    }
    return max(0, sum / 2).squareRoot()
}

func checkSamples(_ reference: Int, _ current: Int) throws(StatisticsError) {
    guard reference > 0, current > 0 else {
        throw StatisticsError(.tooFew, "Of \(reference) and \(current) values nothing can be compared.")
    }
}
