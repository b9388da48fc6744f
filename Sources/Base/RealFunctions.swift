#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

// Functions of the C library, named so that no caller needs to know which one that is.

/// The natural logarithm.
package func logarithm(_ x: Double) -> Double { log(x) }

/// e to the power of x.
package func exponential(_ x: Double) -> Double { exp(x) }

/// 1 − erf(x), without loss where that is small.
package func complementaryErrorFunction(_ x: Double) -> Double { erfc(x) }
