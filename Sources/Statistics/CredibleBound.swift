internal import Base

/// A bound that a proportion stays below with the stated credibility, under a uniform prior.
///
/// Of n trials without a success it is 1 − (1 − credibility)^(1/(n+1)); with successes the quantile of the posterior,
/// a beta distribution with successes + 1 and failures + 1.
///
/// Equals `scipy.stats.beta.ppf(credibility, successes + 1, count - successes + 1)`.
///
/// - Parameters:
///   - successes: How many succeeded, from 0 to `count`.
///   - count: How many were tried; of none at all the bound is the credibility itself.
///   - credibility: One-sided, e.g. 0.95.
public func credibleUpperBound(
    successes: Int, of count: Int, credibility: Double = 0.95
) throws(StatisticsError) -> Double {
    try check(confidence: credibility)
    guard count >= 0, (0...max(count, 0)).contains(successes) else {
        throw StatisticsError(.badArgument, "\(successes) successes of \(count) trials are not possible.")
    }
    if successes == 0 { return 1 - exponential(logarithm(1 - credibility) / Double(count + 1)) }
    let (first, second) = (Double(successes + 1), Double(count - successes + 1))
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
        let middle = (low + high) / 2
        if incompleteBeta(middle, first, second) < credibility { low = middle } else { high = middle }
    }
    return (low + high) / 2
}
