import Base
import Statistics
import Testing

@Suite struct QuantileIntervalTests {
    struct Row: Sendable {
        var count: Int
        var probability: Double
        var confidence: Double
        var lower: Double?
        var upper: Double?
    }

    // scipy 1.17.1: scipy.stats.quantile_test(1…n, p=probability).confidence_interval(confidence).
    @Test(
        "The ends are the same order statistics as scipy's",
        arguments: [
            Row(count: 200, probability: 0.95, confidence: 0.95, lower: 184, upper: 197),
            Row(count: 200, probability: 0.95, confidence: 0.90, lower: 185, upper: 196),
            Row(count: 59, probability: 0.95, confidence: 0.90, lower: 53, upper: 59),
            Row(count: 58, probability: 0.95, confidence: 0.90, lower: 52, upper: nil),
            Row(count: 60, probability: 0.95, confidence: 0.95, lower: 53, upper: nil),
            Row(count: 72, probability: 0.95, confidence: 0.95, lower: 64, upper: 72),
            Row(count: 20, probability: 0.5, confidence: 0.95, lower: 6, upper: 15),
            Row(count: 5, probability: 0.5, confidence: 0.95, lower: nil, upper: nil),
            Row(count: 6, probability: 0.5, confidence: 0.95, lower: 1, upper: 6),
            Row(count: 100, probability: 0.1, confidence: 0.9, lower: 5, upper: 16),
        ]
    )
    func equalsSciPy(row: Row) throws {
        var values = (1...row.count).map(Double.init)
        var generator = SplitMix64(seed: 1)
        values.shuffle(using: &generator)
        let interval = try quantileInterval(values, probability: row.probability, confidence: row.confidence)
        #expect(interval.lower == row.lower)
        #expect(interval.upper == row.upper)
    }

    @Test("Arguments out of range are refused")
    func refuses() {
        #expect(code { try quantileInterval([], probability: 0.5) } == .tooFew)
        #expect(code { try quantileInterval([1], probability: 1) } == .badArgument)
        #expect(code { try quantileInterval([1, .infinity], probability: 0.5) } == .notFinite)
        #expect(code { try quantileInterval([1], probability: 0.5, confidence: 0) } == .badArgument)
    }
}
