/// Whether two sets of vectors have the same mean, however many numbers a vector holds.
///
/// The squared distance of the two means is compared with the spread inside the sets. What is expected of that ratio by chance follows
/// an F distribution whose degrees of freedom come from how the spread lies in space: a few directions that carry all of it count as a
/// few numbers, whatever the length of a vector.
///
/// Source: Zhang, Guo, Zhou and Cheng, A Simple Two-Sample Test in High Dimensions Based on L²-Norm, JASA 115 (2020), with the
/// unbiased estimates of tr²(Σ) and tr(Σ²) named there. The sets are taken to spread alike.
public struct CentroidTest: Sendable, Hashable {
    /// The Euclidean distance of the two means; equals ``CentroidDistance/distance``.
    public let distance: Double
    /// How far a vector lies from the mean of its set: the root of the mean squared distance.
    public let spread: Double
    /// How probable a distance of at least this size is by chance.
    public let p: Double

    /// Compares two sets.
    ///
    /// - Parameters:
    ///   - reference: Vectors of one length; the two sets together hold at least four.
    ///   - current: The same.
    /// - Throws: ``StatisticsError`` where one is empty, lengths differ, or a number is not finite.
    public init(reference: [[Float]], current: [[Float]]) throws(StatisticsError) {
        distance = try CentroidDistance(reference: reference, current: current, probability: nil).distance
        let (n, m) = (Double(reference.count), Double(current.count))
        let freedom = n + m - 2
        guard freedom >= 2 else { throw StatisticsError(.tooFew, "A test of two means needs four vectors at least.") }
        let rows = Self.centred(reference) + Self.centred(current)
        var (trace, square) = (0.0, 0.0)
        for (index, row) in rows.enumerated() {
            let own = Self.product(row, row)
            trace += own
            square += own * own
            for other in rows[..<index] {
                let both = Self.product(row, other)
                square += 2 * both * both
            }
        }
        trace /= freedom
        square /= freedom * freedom
        spread = trace.squareRoot()
        guard trace > 0 else {
            p = distance > 0 ? 0 : 1
            return
        }
        let scale = freedom / ((freedom - 1) * (freedom + 2))
        let squaredTrace = scale * (freedom + 1) * (trace * trace - 2 * square / (freedom + 1))
        let traceOfSquare = scale * freedom * (square - trace * trace / freedom)
        // No more directions than a vector has numbers, and one at least.
        let length = Double(reference[0].count)
        let directions = traceOfSquare > 0 ? min(max(squaredTrace / traceOfSquare, 1), length) : length
        let ratio = n * m / (n + m) * distance * distance / trace
        let below = freedom * directions
        p = incompleteBeta(below / (below + directions * ratio), below / 2, directions / 2)
    }

    private static func centred(_ vectors: [[Float]]) -> [[Double]] {
        var mean = [Double](repeating: 0, count: vectors[0].count)
        for vector in vectors { for (place, value) in vector.enumerated() { mean[place] += Double(value) } }
        let count = Double(vectors.count)
        return vectors.map { vector in zip(vector, mean).map { Double($0) - $1 / count } }
    }

    private static func product(_ left: [Double], _ right: [Double]) -> Double {
        var sum = 0.0
        for place in left.indices { sum += left[place] * right[place] }
        return sum
    }
}
