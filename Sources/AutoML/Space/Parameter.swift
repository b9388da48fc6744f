public import Base

/// One thing that a search may vary.
public struct Parameter: Sendable, Hashable, Codable {
    /// The values that a parameter may take.
    public enum Domain: Sendable, Hashable, Codable {
        /// One of a list, without an order.
        case categorical([JSONValue])
        /// A whole number from a range, every `step`-th.
        case integer(ClosedRange<Int>, step: Int)
        /// A number from a range; evenly over its logarithm where `log` is set.
        case real(ClosedRange<Double>, log: Bool)
    }

    /// When a parameter is active: where another one has one of some values.
    public struct Condition: Sendable, Hashable, Codable {
        /// The other parameter; it must come earlier in the space.
        public var parameter: String
        /// The values under which this one is active.
        public var values: [JSONValue]

        /// A condition.
        public init(_ parameter: String, isOneOf values: [JSONValue]) {
            self.parameter = parameter
            self.values = values
        }
    }

    /// The parameter's name, e.g. `retriever` or `bm25.k1`.
    public var name: String
    /// What it may be.
    public var domain: Domain
    /// When it is active; always, where nil.
    public var condition: Condition?

    /// A parameter.
    public init(_ name: String, _ domain: Domain, when condition: Condition? = nil) {
        self.name = name
        self.domain = domain
        self.condition = condition
    }
}
