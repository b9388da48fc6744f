internal import Base

/// A test that may be looked at after every value, and stopped whenever somebody likes.
///
/// Somebody bets against the hypothesis that the mean is at most 0. Each value multiplies the capital by 1 + λ·x, where
/// the stake λ is chosen before the value is seen; while the hypothesis holds, the capital does not grow on average,
/// so that it ever reaches 1/α has a probability of at most α (Ville's inequality). A p-value of 1 / (greatest capital
/// so far) therefore holds at every moment at once, which that of a t-test repeated after every value does not.
///
/// The stakes are those that would have made the past capital grow fastest, to second order (aGRAPA), between 0 and 3/4.
///
/// Source: I. Waudby-Smith, A. Ramdas, "Estimating means of bounded random variables by betting", Journal of the Royal
/// Statistical Society B 86 (2024), sections 4 and B.3.
///
/// ```swift
/// var test = BettingTest()
/// for difference in differences { test.add(difference) }
/// test.pValue
/// ```
public struct BettingTest: Sendable, Hashable {
    /// The greatest stake: a loss of 1 never costs more than three quarters of the capital.
    private static let greatestStake = 0.75

    /// How many values there were.
    public private(set) var count = 0
    private var logCapital = 0.0
    private var greatestLogCapital = 0.0
    private var sum = 0.0
    private var squares = 0.0

    /// A test before its first value.
    public init() {}

    /// Bets on a value and looks at it.
    ///
    /// - Parameter value: From −1 to 1; what lies outside counts as the nearer end.
    public mutating func add(_ value: Double) { add(sum: value, of: 1) }

    /// Bets on the sum of several values that are not independent of each other, e.g. of questions of one group.
    ///
    /// - Parameters:
    ///   - sum: Of `size` values from −1 to 1; what lies outside counts as the nearer end.
    ///   - size: How many values it is the sum of. The greatest stake shrinks with it, so that no sum costs more than
    ///     three quarters of the capital either; it must not depend on the values.
    public mutating func add(sum value: Double, of size: Int) {
        let bound = Double(max(size, 1))
        let value = min(max(value, -bound), bound)
        logCapital += logarithm(1 + min(stake, Self.greatestStake / bound) * value)
        greatestLogCapital = max(greatestLogCapital, logCapital)
        count += 1
        sum += value
        squares += value * value
    }

    /// What is bet on the next value, by those before it. A first guess of mean 0 and variance 1/4 counts as one value.
    private var stake: Double {
        let weight = Double(count) + 1
        let mean = sum / weight
        let variance = (0.25 + squares) / weight - mean * mean
        return min(max(mean / max(variance + mean * mean, 1e-9), 0), Self.greatestStake)
    }

    /// How probable so much evidence is, at any time, if the mean is at most 0.
    public var pValue: Double { exponential(-greatestLogCapital) }
}
