/// What somebody said of two competitors that were shown side by side.
public struct PairedComparison<Competitor: Hashable & Sendable>: Sendable, Hashable {
    /// Which of the two was preferred.
    public enum Outcome: String, Sendable, Hashable, Codable {
        case first, second, tie

        /// What the one that was shown first won: 1, 0, or half of it.
        var share: Double {
            switch self {
            case .first: 1
            case .second: 0
            case .tie: 0.5
            }
        }
    }

    /// The one that was shown first (on the left, or above).
    public var first: Competitor
    /// The one that was shown second.
    public var second: Competitor
    /// Which was preferred.
    public var outcome: Outcome
    /// How much it counts; 1 where nothing speaks against it.
    public var weight: Double

    /// A comparison.
    public init(_ first: Competitor, _ second: Competitor, _ outcome: Outcome, weight: Double = 1) {
        self.first = first
        self.second = second
        self.outcome = outcome
        self.weight = weight
    }
}
