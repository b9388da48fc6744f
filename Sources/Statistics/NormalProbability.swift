internal import Base

/// The share of a standard normal distribution below `z`.
package func normalProbability(below z: Double) -> Double { 0.5 * complementaryErrorFunction(-z * 0.7071067811865476) }

/// The share between two values, without loss in either tail; never 0, so that it has a logarithm.
package func normalProbability(from low: Double, to high: Double) -> Double {
    let share =
        low > 0
        ? normalProbability(below: -low) - normalProbability(below: -high)
        : normalProbability(below: high) - normalProbability(below: low)
    return max(share, .leastNormalMagnitude)
}
