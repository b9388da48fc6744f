/// Smooths a curve for looking at.
package enum Smoothing {
    /// An exponential moving average with its beginning corrected: each value is the weighted mean of those until then,
    /// where one that is `n` points back weighs `weight` to the `n`. Values that are no number are passed over, and leave a
    /// gap.
    ///
    /// Source: the bias correction of Kingma and Ba, "Adam", 2015, section 3, as TensorBoard smooths its curves.
    ///
    /// - Parameter weight: from 0, which smooths nothing, to below 1.
    package static func exponential(_ values: [Double], weight: Double) -> [Double] {
        guard weight > 0, weight < 1 else { return values }
        var mean = 0.0
        var debt = 1.0
        return values.map { value in
            guard value.isFinite else { return value }
            mean = mean * weight + value * (1 - weight)
            debt *= weight
            return mean / (1 - debt)
        }
    }
}
