/// Something that a configuration must meet to be called the winner, such as `p95_latency <= 50 ms`.
package struct Constraint: Sendable, Hashable {
    /// What is bounded.
    package enum Quantity: Sendable, Hashable {
        /// A percentile of the time that a request takes, in milliseconds.
        case latency(percentile: Int)
        /// The bytes of memory that chunks and indexes hold.
        case indexSize
        /// What a thousand questions cost when they are served, in dollars: a mean over the questions.
        case cost
        /// A mean over the questions.
        case metric(String)
    }

    /// On which side of the limit it must lie; the limit itself is allowed.
    package enum Relation: String, Sendable, Hashable {
        case atMost = "<="
        case atLeast = ">="
    }

    package var quantity: Quantity
    package var relation: Relation
    /// In milliseconds, bytes, or the metric's own unit.
    package var limit: Double
    /// As it stands in `neo.yaml`.
    package var text: String
    /// Its line in `neo.yaml`.
    package var line: Int

    /// Whether the quantity depends on the machine and the moment.
    var readsClock: Bool {
        if case .latency = quantity { true } else { false }
    }

    /// How far a value lies on the wrong side, as a share of the limit; 0 or less where it does not.
    func excess(_ value: Double) -> Double {
        let beyond = relation == .atMost ? value - limit : limit - value
        return limit == 0 ? beyond : beyond / abs(limit)
    }

    /// A value of the quantity with its unit.
    func words(_ value: Double) -> String {
        switch quantity {
        case .latency: QuantityWords.milliseconds(value)
        case .indexSize: QuantityWords.bytes(value)
        case .cost: QuantityWords.dollars(value)
        case .metric: Rounding.text(value)
        }
    }
}

/// Quantities as people read them.
package enum QuantityWords {
    /// `0.82 ms`, `12.4 ms`.
    package static func milliseconds(_ value: Double) -> String {
        "\(Rounding.text(value, digits: value < 0.1 ? 4 : value < 10 ? 2 : 1)) ms"
    }

    /// `$2.31`, `$0.0123`, `$0.000042`.
    package static func dollars(_ value: Double) -> String {
        "$\(Rounding.text(value, digits: value == 0 ? 0 : value >= 1 ? 2 : value >= 0.01 ? 4 : 6))"
    }

    /// `312 B`, `4.2 kB`, `18.3 MB`.
    package static func bytes(_ value: Double) -> String {
        for (unit, size) in [("GB", 1e9), ("MB", 1e6), ("kB", 1e3)] where value >= size {
            return "\(Rounding.text(value / size, digits: 1)) \(unit)"
        }
        return "\(Rounding.text(value, digits: 0)) B"
    }
}
