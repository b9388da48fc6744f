internal import Base

/// What was measured of one configuration on one item.
///
/// A failure is a measurement too: it carries the reason, and counts as the worst value of every metric that it
/// lacks; it is never dropped.
public struct Measurement: Sendable, Hashable, Codable {
    /// The item, e.g. a golden question's id.
    public var item: String
    /// The values by metric name.
    public var metrics: [String: Double]
    /// Why the item could not be measured.
    public var failure: String?

    /// A measurement.
    public init(item: String, metrics: [String: Double], failure: String? = nil) {
        self.item = item
        self.metrics = metrics
        self.failure = failure
    }
}

/// The side of a search that knows what is being searched: it measures configurations on items.
public protocol Evaluator: Sendable {
    /// Measures a configuration on some items; one measurement an item, in the order of the items.
    @concurrent
    func measure(_ configuration: Configuration, on items: [String]) async throws -> [Measurement]
    /// Whether an item costs so little (under about a millisecond) that stopping a trial early saves nothing worth having.
    /// By the kind of configuration, not by a clock: it decides what is measured.
    func isCheap(_ configuration: Configuration) -> Bool
    /// What trials take as long, and cost as much, as others: names of kinds, the narrowest first. Trials of one narrowest
    /// kind share all that is expensive to make.
    func kinds(of configuration: Configuration) -> [String]
}

extension Evaluator {
    /// Nothing is cheap unless an evaluator says so.
    public func isCheap(_ configuration: Configuration) -> Bool { false }

    /// Only a general kind, to which all belong.
    public func kinds(of configuration: Configuration) -> [String] { [configuration.hash.hex, ""] }
}

/// What a search makes as large, or as small, as it can.
public struct Objective: Sendable, Hashable, Codable {
    /// The way that is better.
    public enum Direction: String, Sendable, Codable {
        case maximize, minimize
    }

    /// The metric's name.
    public var metric: String
    /// The way that is better.
    public var direction: Direction
    /// What an item counts that could not be measured; nil for 0 where larger is better, and for infinity where smaller
    /// is, so that a configuration with a failure never beats one without.
    public var worst: Double?

    /// An objective.
    public init(_ metric: String, _ direction: Direction = .maximize, worst: Double? = nil) {
        self.metric = metric
        self.direction = direction
        self.worst = worst
    }
}
