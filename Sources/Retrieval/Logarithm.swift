#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The natural logarithm; named so that no caller needs to know which C library it comes from.
func logarithm(_ x: Double) -> Double {
    log(x)
}
