#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Figures as people read them.
package enum FigureText {
    /// A number as short as it is told apart: 4 digits, or an exponent.
    package static func short(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        if value == value.rounded(), abs(value) < 1e9 { return String(Int(value)) }
        let size = abs(value)
        if size >= 1e6 || size < 1e-4 {
            let exponent = Int(log10(size).rounded(.down))
            // In two steps: a power of ten may be below the least number while the value is not.
            let half = exponent / 2
            let mantissa = value / pow(10, Double(half)) / pow(10, Double(exponent - half))
            return "\(short((mantissa * 1000).rounded() / 1000))e\(exponent)"
        }
        let digits = max(0, 3 - Int(log10(size).rounded(.down)))
        let scale = pow(10, Double(min(digits, 7)))
        return String((value * scale).rounded() / scale)
    }
}
