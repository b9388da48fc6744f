#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

// The C library's functions under names of our own, so that one file knows where they come from.

func naturalLogarithm(_ x: Double) -> Double { log(x) }
func exponential(_ x: Double) -> Double { exp(x) }

/// The share of a standard normal distribution below `z`.
func normalShare(below z: Double) -> Double { 0.5 * erfc(-z * 0.7071067811865476) }

/// The share between two values, without loss in either tail.
func normalMass(from low: Double, to high: Double) -> Double {
    let mass =
        low > 0
        ? normalShare(below: -low) - normalShare(below: -high) : normalShare(below: high) - normalShare(below: low)
    return max(mass, .leastNormalMagnitude)
}
