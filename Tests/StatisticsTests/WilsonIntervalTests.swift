import Statistics
import Testing

@Suite struct WilsonIntervalTests {
    struct Row: Sendable {
        var successes: Int
        var count: Int
        var confidence: Double
        var lower: Double
        var upper: Double
    }

    // scipy 1.17.1: scipy.stats.binomtest(successes, count).proportion_ci(confidence, method="wilson").
    @Test(
        "The interval equals scipy's",
        arguments: [
            Row(successes: 0, count: 10, confidence: 0.95, lower: 0, upper: 0.27753279986288926),
            Row(successes: 10, count: 10, confidence: 0.95, lower: 0.7224672001371109, upper: 1),
            Row(successes: 3, count: 10, confidence: 0.95, lower: 0.10779126740630102, upper: 0.6032218525388546),
            Row(successes: 1, count: 1, confidence: 0.95, lower: 0.20654931437723745, upper: 1),
            Row(successes: 81, count: 263, confidence: 0.95, lower: 0.2552885198782742, upper: 0.36620957698280004),
            Row(successes: 15, count: 148, confidence: 0.99, lower: 0.05364486961396485, upper: 0.18326735011315254),
            Row(successes: 30, count: 60, confidence: 0.9, lower: 0.3961409626064367, upper: 0.6038590373935633),
        ]
    )
    func equalsSciPy(row: Row) throws {
        let interval = try wilsonInterval(successes: row.successes, of: row.count, confidence: row.confidence)
        #expect(abs(interval.lower - row.lower) < 1e-13)
        #expect(abs(interval.upper - row.upper) < 1e-13)
        #expect(interval.estimate == Double(row.successes) / Double(row.count))
    }

    @Test("Impossible counts are refused")
    func refuses() {
        #expect(code { try wilsonInterval(successes: 0, of: 0) } == .tooFew)
        #expect(code { try wilsonInterval(successes: 3, of: 2) } == .badArgument)
        #expect(code { try wilsonInterval(successes: -1, of: 2) } == .badArgument)
    }
}
