internal import Base

/// How far the mean of vectors has moved.
public struct CentroidDistance: Sendable, Hashable {
    /// The Euclidean distance of the two means.
    public var distance: Double
    /// The distance that chance alone stays under with the asked probability; nil where it was not asked for.
    public var threshold: Double?

    /// Whether it is farther than chance explains; without a threshold, farther than 0.2.
    public var hasDrifted: Bool { distance > threshold ?? 0.2 }

    /// Compares the means of two sets of vectors.
    ///
    /// The distance equals evidently's `DistanceDriftMethod` (euclidean). The threshold is made as there, with our own
    /// random numbers: two samples of the reference, with repetition, in the sizes n²/(n+m) and nm/(n+m), a hundred times.
    ///
    /// - Parameters:
    ///   - reference: Vectors of one length, at least one.
    ///   - current: The same.
    ///   - probability: How often chance alone stays under the threshold; nil for no threshold.
    ///   - seed: What the samples are drawn from.
    /// - Throws: ``StatisticsError`` where one is empty, lengths differ, or a number is not finite.
    public init(
        reference: [[Float]], current: [[Float]], probability: Double? = 0.95, seed: UInt64 = 1, samples: Int = 100
    ) throws(StatisticsError) {
        try checkSamples(reference.count, current.count)
        let length = reference[0].count
        guard (reference + current).allSatisfy({ $0.count == length }) else {
            throw StatisticsError(.lengthsDiffer, "The vectors have different lengths.")
        }
        let (before, now) = (Self.centroid(reference), Self.centroid(current))
        distance = Self.distance(before, now)
        guard distance.isFinite else { throw StatisticsError(.notFinite, "A vector holds what is no number.") }
        threshold = nil
        guard let probability else { return }
        let (n, m) = (Double(reference.count), Double(current.count))
        let sizes = (max(1, Int(n * n / (n + m))), max(1, Int(m * n / (n + m))))
        var random = SplitMix64(seed: seed, stream: "centroids")
        func sample(_ size: Int) -> [Double] {
            Self.centroid((0..<size).map { _ in reference[Int(random.next() % UInt64(reference.count))] })
        }
        let chance = (0..<samples).map { _ in Self.distance(sample(sizes.0), sample(sizes.1)) }
        threshold = quantile(probability, of: chance)
    }

    private static func centroid(_ vectors: [[Float]]) -> [Double] {
        var sum = [Double](repeating: 0, count: vectors[0].count)
        for vector in vectors { for (place, value) in vector.enumerated() { sum[place] += Double(value) } }
        return sum.map { $0 / Double(vectors.count) }
    }

    private static func distance(_ left: [Double], _ right: [Double]) -> Double {
        zip(left, right).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
}
