/// How many values fell into each of fixed buckets.
struct Histogram: Sendable {
    /// The upper bounds of all buckets but the last, each a part of its bucket.
    let bounds: [Double]
    private(set) var counts: [UInt64]
    private(set) var sum = 0.0
    private(set) var minimum = Double.infinity
    private(set) var maximum = -Double.infinity

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    /// Adds a value.
    mutating func add(_ value: Double) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
        minimum = min(minimum, value)
        maximum = max(maximum, value)
    }

    /// `HistogramDataPoint`, of all values since `start`.
    func point(_ attributes: OTLPValue, from start: UInt64, to now: UInt64) -> OTLPValue {
        .message([
            OTLPField(9, "attributes", attributes), OTLPField(2, "startTimeUnixNano", .fixed64(start)),
            OTLPField(3, "timeUnixNano", .fixed64(now)), OTLPField(4, "count", .fixed64(counts.reduce(0, +))),
            OTLPField(5, "sum", .double(sum)), OTLPField(6, "bucketCounts", .list(counts.map { .fixed64($0) })),
            OTLPField(7, "explicitBounds", .list(bounds.map { .double($0) })),
            OTLPField(11, "min", .double(minimum)), OTLPField(12, "max", .double(maximum)),
        ])
    }
}
