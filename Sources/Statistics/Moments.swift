/// The arithmetic mean, or nil of nothing.
public func mean(of values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}

/// The median, or nil of nothing: the middle value, or the mean of the two in the middle.
public func median(of values: [Double]) -> Double? {
    quantile(0.5, of: values)
}

/// A quantile with linear interpolation between the sorted values, or nil of nothing.
///
/// Source: R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996),
/// definition 7: what `numpy.quantile` and R's `quantile` compute unless told otherwise.
///
/// - Parameters:
///   - probability: From 0 (the smallest value) to 1 (the largest); what lies outside is moved to the nearer end.
///   - values: In any order.
public func quantile(_ probability: Double, of values: [Double]) -> Double? {
    quantile(probability, ofSorted: values.sorted())
}

/// The same of values that are in ascending order already.
func quantile(_ probability: Double, ofSorted values: [Double]) -> Double? {
    guard let last = values.indices.last else { return nil }
    let place = min(max(probability, 0), 1) * Double(last)
    let below = Int(place)
    let fraction = place - Double(below)
    guard fraction > 0, below < last else { return values[below] }
    return values[below] + fraction * (values[below + 1] - values[below])
}
