internal import Tracking

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Maps figures of any size to a stretch of a drawing, by themselves or by their logarithm.
struct CurveAxis {
    /// Beyond it differences would be infinite.
    private static let largest = 8e307

    private let lower: Double
    private let upper: Double
    private let start: Double
    private let end: Double
    private let isLogarithmic: Bool

    /// An axis over all values that can be shown on it. Values that are all equal get room on both sides.
    init(_ values: [Double], isLogarithmic: Bool = false, from start: Double, to end: Double) {
        let places = values.compactMap { Self.place($0, isLogarithmic) }
        var (least, most) = (places.min() ?? 0, places.max() ?? 1)
        if !(most > least) {
            let room = isLogarithmic || least == 0 ? 0.5 : max(abs(least) * 0.1, .leastNormalMagnitude)
            (least, most) = (least - room, most + room)
        }
        (lower, upper, self.start, self.end, self.isLogarithmic) = (least, most, start, end, isLogarithmic)
    }

    /// The place of a value; nil where it has none.
    subscript(_ value: Double) -> Double? {
        guard let place = Self.place(value, isLogarithmic) else { return nil }
        return start + (place - lower) / (upper - lower) * (end - start)
    }

    private static func place(_ value: Double, _ isLogarithmic: Bool) -> Double? {
        guard value.isFinite else { return nil }
        guard isLogarithmic else { return min(max(value, -largest), largest) }
        return value > 0 ? log10(value) : nil
    }

    /// Round values on the axis.
    var ticks: [Double] {
        if isLogarithmic, upper - lower >= 1 {
            let step = max(1, ((upper - lower) / 5).rounded(.up))
            let first = (lower / step).rounded(.up)
            return Self.multiples(of: step, from: first, to: upper).map { pow(10, $0) }
        }
        let (low, high) = isLogarithmic ? (pow(10, lower), pow(10, upper)) : (lower, upper)
        let step = Self.roundStep((high - low) / 4)
        return Self.multiples(of: step, from: (low / step).rounded(.up), to: high)
    }

    private static func multiples(of step: Double, from first: Double, to limit: Double) -> [Double] {
        (0..<8).map { (first + Double($0)) * step }.filter { $0 <= limit + abs(step) * 1e-9 }
    }

    /// 1, 2 or 5 times a power of ten, not below `step`.
    private static func roundStep(_ step: Double) -> Double {
        let power = pow(10, log10(max(step, .leastNormalMagnitude)).rounded(.down))
        return [1, 2, 5, 10].map { $0 * power }.first { $0 >= step * 0.999 } ?? power * 10
    }

    /// Horizontal grid lines with their numbers to the left.
    func drawRows(in svg: inout SVG, left: Double, right: Double) {
        for tick in ticks {
            guard let y = self[tick] else { continue }
            svg.line(left, y, right, y, class: "grid")
            svg.text(FigureText.short(tick), left - 6, y + 4, anchor: .end, class: "tick")
        }
    }

    /// Numbers below.
    func drawColumns(in svg: inout SVG, bottom: Double) {
        for tick in ticks {
            guard let x = self[tick] else { continue }
            svg.text(FigureText.short(tick), x, bottom + 16, anchor: .middle, class: "tick")
        }
    }
}
