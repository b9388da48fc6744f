/// The smallest true mean difference that a paired comparison on so many items would call significant so often: what
/// these items cannot show, more of them might.
///
/// By the normal approximation of the paired t-test, (z₁₋α⁄₂ + z_power) · σ / √n. With α 0.05 and a power of 0.8 it is
/// 2.80 standard errors.
///
/// Source: J. Cohen, "Statistical Power Analysis for the Behavioral Sciences" (1988), section 2.3.
///
/// - Parameters:
///   - deviation: The standard deviation of the items' differences.
///   - items: How many independent items there are, at least 1.
public func detectableDifference(
    deviation: Double, items: Int, significance: Double = 0.05, power: Double = 0.8
) -> Double {
    let quantiles = normalQuantile(1 - significance / 2) + normalQuantile(power)
    return quantiles * deviation / Double(max(items, 1)).squareRoot()
}

/// How many items a paired comparison needs to show a difference that is there, so often. The inverse of
/// ``detectableDifference(deviation:items:significance:power:)``, rounded up.
public func itemsNeeded(
    toDetect difference: Double, deviation: Double, significance: Double = 0.05, power: Double = 0.8
) -> Int {
    let one = detectableDifference(deviation: deviation, items: 1, significance: significance, power: power)
    guard difference > 0 else { return .max }
    return Int(exactly: ((one / difference) * (one / difference)).rounded(.up)) ?? .max
}
