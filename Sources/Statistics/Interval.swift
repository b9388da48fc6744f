/// An estimate with the range in which the true value plausibly lies.
public struct Interval: Sendable, Hashable, Codable {
    /// The estimate from the values themselves.
    public var estimate: Double
    /// The lower end.
    public var lower: Double
    /// The upper end.
    public var upper: Double
    /// How often an interval made this way holds the true value, e.g. 0.95.
    public var confidence: Double

    /// An interval.
    public init(estimate: Double, lower: Double, upper: Double, confidence: Double) {
        self.estimate = estimate
        self.lower = lower
        self.upper = upper
        self.confidence = confidence
    }

    /// Whether a value lies in it, ends included.
    public func contains(_ value: Double) -> Bool {
        lower <= value && value <= upper
    }
}

/// An interval whose ends may be missing, because so few values cannot bound so extreme a quantile.
public struct QuantileInterval: Sendable, Hashable, Codable {
    /// The quantile of the values themselves.
    public var estimate: Double
    /// The lower end; nil where the values are too few to have one.
    public var lower: Double?
    /// The upper end; nil where the values are too few to have one.
    public var upper: Double?
    /// How often an interval made this way holds the true quantile, at least.
    public var confidence: Double

    /// An interval.
    public init(estimate: Double, lower: Double?, upper: Double?, confidence: Double) {
        self.estimate = estimate
        self.lower = lower
        self.upper = upper
        self.confidence = confidence
    }
}
