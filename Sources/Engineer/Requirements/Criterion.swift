internal import Base

/// What a measured value must be: a comparison with a threshold.
package struct Criterion: Sendable, Hashable {
    /// How the value is compared.
    package enum Comparison: String, Sendable, Hashable, CaseIterable {
        case below = "<"
        case atMost = "<="
        case equal = "="
        case atLeast = ">="
        case above = ">"

        /// The sign as it stands in the document.
        package var sign: String {
            switch self {
            case .atMost: "≤"
            case .atLeast: "≥"
            case .below, .equal, .above: rawValue
            }
        }
    }

    package let comparison: Comparison
    /// A finite number.
    package let threshold: Double
    /// As it is written: `ms`, `%`, `USD per query`; empty for a plain number.
    package let unit: String

    /// A criterion; nil where the threshold is not finite.
    package init?(_ comparison: Comparison, _ threshold: Double, _ unit: String = "") {
        guard threshold.isFinite else { return nil }
        self.comparison = comparison
        self.threshold = threshold
        self.unit = unit
    }

    /// As it stands in the document: `≤ 800 ms`.
    package var words: String {
        "\(comparison.sign) \(JSONValue.digits(of: threshold))" + (unit.isEmpty ? "" : " " + unit)
    }

    /// The values that it admits, in the base unit of its dimension.
    var values: ValueRange {
        let value = threshold * MeasurementUnit(unit).factor
        return switch comparison {
        case .below: ValueRange(upper: value, excludesUpper: true)
        case .atMost: ValueRange(upper: value)
        case .equal: ValueRange(lower: value, upper: value)
        case .atLeast: ValueRange(lower: value)
        case .above: ValueRange(lower: value, excludesLower: true)
        }
    }
}

/// A range of numbers, each end with or without its bound.
struct ValueRange: Sendable, Hashable {
    var lower = -Double.infinity
    var excludesLower = false
    var upper = Double.infinity
    var excludesUpper = false

    init(
        lower: Double = -.infinity, excludesLower: Bool = false, upper: Double = .infinity, excludesUpper: Bool = false
    ) {
        self.lower = lower
        self.excludesLower = excludesLower
        self.upper = upper
        self.excludesUpper = excludesUpper
    }

    /// Whether no number is in both. Bounds that differ by rounding alone, as those of 90 % and 0.9 may, are equal.
    func excludes(_ other: ValueRange) -> Bool {
        Self.isEmpty(from: self, to: other) || Self.isEmpty(from: other, to: self)
    }

    private static func isEmpty(from low: ValueRange, to high: ValueRange) -> Bool {
        guard low.lower.isFinite, high.upper.isFinite else { return false }
        let tolerance = 1e-9 * max(abs(low.lower), abs(high.upper))
        if abs(low.lower - high.upper) <= tolerance { return low.excludesLower || high.excludesUpper }
        return low.lower > high.upper
    }
}
