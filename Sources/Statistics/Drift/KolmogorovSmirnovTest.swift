internal import Base

/// How far apart two samples are, and how probable that is if both come from one distribution.
public struct KolmogorovSmirnovTest: Sendable, Hashable {
    /// The greatest difference of their empirical distribution functions, from 0 to 1.
    public var statistic: Double
    /// The p-value on both sides.
    public var p: Double

    /// Up to so many values in the larger sample the p-value is exact.
    static let mostExact = 10_000

    /// Compares two samples.
    ///
    /// The p-value counts the paths of two merged samples that stay within the distance: exact without ties, and on the
    /// safe side with them. It equals `scipy.stats.ks_2samp` up to 10,000 values; beyond, Kolmogorov's limiting
    /// distribution is taken. Source: G. Steck, "The Smirnov two sample tests as rank tests", Annals of Mathematical
    /// Statistics 40 (1969); J. L. Hodges, "The significance probability of the Smirnov two-sample test", Arkiv för
    /// Matematik 3 (1958).
    ///
    /// - Throws: ``StatisticsError`` where a sample is empty or a number is not finite.
    public init(reference: [Double], current: [Double]) throws(StatisticsError) {
        try check(reference)
        try check(current)
        let (left, right) = (reference.sorted(), current.sorted())
        statistic = Self.distance(left, right)
        p =
            max(left.count, right.count) <= Self.mostExact
            ? Self.exact(statistic, left.count, right.count) : Self.limiting(statistic, left.count, right.count)
    }

    private static func distance(_ left: [Double], _ right: [Double]) -> Double {
        var (i, j) = (0, 0)
        var greatest = 0.0
        while i < left.count, j < right.count {
            let value = min(left[i], right[j])
            while i < left.count, left[i] == value { i += 1 }
            while j < right.count, right[j] == value { j += 1 }
            greatest = max(greatest, abs(Double(i) / Double(left.count) - Double(j) / Double(right.count)))
        }
        return greatest
    }

    /// One less the probability that a random path from one corner to the other stays closer to the diagonal.
    private static func exact(_ statistic: Double, _ first: Int, _ second: Int) -> Double {
        let (m, n) = (min(first, second), max(first, second))
        let product = Double(m) * Double(n)
        // Distances are multiples of 1 / mn; half of one is taken off, so that rounding decides nothing.
        let limit = ((statistic * product).rounded() - 0.5) / product
        guard limit > 0 else { return 1 }
        // How probable it is to come to a point inside, by the next step: of what is left of both samples one is drawn. Counts
        // of paths, which say the same, are too large or too small for numbers where samples are.
        var inside = [Double](repeating: 0, count: n + 1)
        for i in 0...m {
            let height = Double(i) / Double(m)
            for j in 0...n {
                guard abs(height - Double(j) / Double(n)) <= limit else {
                    inside[j] = 0
                    continue
                }
                if i == 0, j == 0 {
                    inside[j] = 1
                    continue
                }
                let left = Double(m + n - i - j + 1)
                let above = i > 0 ? inside[j] * Double(m - i + 1) / left : 0
                let before = j > 0 ? inside[j - 1] * Double(n - j + 1) / left : 0
                inside[j] = above + before
            }
        }
        return min(1, max(0, 1 - inside[n]))
    }

    private static func limiting(_ statistic: Double, _ first: Int, _ second: Int) -> Double {
        let size = Double(first) * Double(second) / Double(first + second)
        let x = statistic * size.squareRoot()
        guard x > 0.2 else { return 1 }
        var sum = 0.0
        for k in 1...100 {
            let term = exponential(-2 * Double(k * k) * x * x)
            sum += k % 2 == 1 ? term : -term
            if term < 1e-17 { break }
        }
        return min(1, max(0, 2 * sum))
    }
}
