/// How many items like these would show a mean difference as large as the one that was found, so often: the sample size of
/// a paired comparison. Items of groups that are alike tell less, so more of them are needed.
///
/// Source: as of ``itemsNeeded(toDetect:deviation:significance:power:)``, with the variance of
/// ``meanDifferenceInterval(_:groups:confidence:)``.
///
/// - Parameters:
///   - differences: First minus second, an item each; at least two.
///   - groups: The name of each item's group, at least two different ones; nil where each item is its own group.
/// - Returns: Nil where the mean difference is 0, or all differences are the same, so that nothing is known of how they
///   vary.
public func itemsToTell(
    _ differences: [Double], groups: [String]? = nil, significance: Double = 0.05, power: Double = 0.8
) throws(StatisticsError) -> Int? {
    let found = try GroupedMean(differences, by: groups)
    guard !found.isConstant, abs(found.mean) > 1e-12 else { return nil }
    // What the deviation of independent items would be whose mean is known as well.
    let deviation = (found.variance * Double(differences.count)).squareRoot()
    return itemsNeeded(
        toDetect: abs(found.mean), deviation: deviation, significance: significance, power: power)
}
