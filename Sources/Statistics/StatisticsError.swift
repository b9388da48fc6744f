public import Base

/// Why a statistic cannot be computed.
public struct StatisticsError: DescribedError, Hashable {
    /// The kinds of error.
    public struct Code: Sendable, Hashable {
        private enum Kind { case tooFew, notFinite, lengthsDiffer, badArgument, notIdentified }
        private let kind: Kind

        /// Fewer values, or groups, than the statistic needs.
        public static let tooFew = Code(kind: .tooFew)
        /// A value is NaN or infinite.
        public static let notFinite = Code(kind: .notFinite)
        /// Two lists that belong together have different lengths.
        public static let lengthsDiffer = Code(kind: .lengthsDiffer)
        /// A confidence, quantile or count lies outside its range.
        public static let badArgument = Code(kind: .badArgument)
        /// The values say nothing definite about what is estimated.
        public static let notIdentified = Code(kind: .notIdentified)
    }

    /// What kind of error it is.
    public let code: Code
    /// The sentence.
    public let message: String
    /// Always nil: nothing lies underneath.
    public var cause: (any Error)? { nil }

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// Throws unless the confidence lies between 0 and 1.
func check(confidence: Double) throws(StatisticsError) {
    guard confidence > 0, confidence < 1 else {
        throw StatisticsError(.badArgument, "A confidence lies between 0 and 1, and \(confidence) does not.")
    }
}

/// Throws unless every value is finite and there are at least `minimum`.
func check(_ values: [Double], atLeast minimum: Int = 1) throws(StatisticsError) {
    guard values.count >= minimum else {
        throw StatisticsError(.tooFew, "There are \(values.count) values; at least \(minimum) are needed.")
    }
    if let position = values.firstIndex(where: { !$0.isFinite }) {
        throw StatisticsError(
            .notFinite,
            "Value \(position) is \(values[position]); turn what could not be measured into its worst value first."
        )
    }
}

/// Throws unless every value is finite and lies in the range, up to what sums may round.
func check(_ values: [Double], in range: ClosedRange<Double>) throws(StatisticsError) {
    try check(values)
    if let position = values.firstIndex(where: { $0 < range.lowerBound - 1e-9 || $0 > range.upperBound + 1e-9 }) {
        throw StatisticsError(
            .badArgument,
            "Value \(position) is \(values[position]); it must lie from \(range.lowerBound) to \(range.upperBound)."
        )
    }
}
