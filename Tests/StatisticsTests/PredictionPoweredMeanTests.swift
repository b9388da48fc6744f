import Statistics
import Testing

@Suite struct PredictionPoweredMeanTests {
    struct Row: Sendable {
        var labels: [Double]
        var judged: [Double]
        var unlabelled: [Double]
        var estimate: Double
        var error: Double
    }

    /// Values of ppi-python 0.2.3.
    static let rows = [
        Row(
            labels: [1, 0, 1, 1, 0, 1], judged: [1, 0, 1, 0, 1, 1], unlabelled: [1, 1, 0, 1, 0.5], estimate: 0.67060678,
            error: 0.18924237),
        Row(
            labels: [1, 0.5, 0, 1, 1, 0, 1, 0.5], judged: [1, 0.5, 0.5, 1, 1, 0, 1, 0],
            unlabelled: [1, 0, 1, 1, 0.5, 0.5, 0, 1, 1, 1], estimate: 0.65820312, error: 0.11518245),
    ]

    @Test(arguments: rows) func `Mean and standard error are those of ppi-python`(row: Row) throws {
        let mean = try PredictionPoweredMean(labels: row.labels, judged: row.judged, unlabelled: row.unlabelled)
        #expect(abs(mean.estimate - row.estimate) < 1e-8)
        #expect(abs(mean.standardError - row.error) < 1e-8)
        #expect(mean.weight > 0 && mean.weight <= 1)
    }

    @Test func `Without further items, and with a judge that says the same of all, only people count`() throws {
        let labels: [Double] = [1, 0, 1, 1]
        for (judged, unlabelled) in [([1, 1, 0, 1], []), ([1, 1, 1, 1], [1, 1, 1])] as [([Double], [Double])] {
            let mean = try PredictionPoweredMean(labels: labels, judged: judged, unlabelled: unlabelled)
            #expect(mean.weight == 0)
            #expect(mean.estimate == 0.75)
        }
    }

    @Test func `A judge that is always right narrows the interval, but not to a point`() throws {
        let labels: [Double] = Array(repeating: [1, 0, 1], count: 10).flatMap(\.self)
        let few = try PredictionPoweredMean(labels: labels, judged: labels, unlabelled: [])
        let many = try PredictionPoweredMean(
            labels: labels, judged: labels, unlabelled: Array(repeating: labels, count: 100).flatMap(\.self))
        let (wide, narrow) = (try few.interval(), try many.interval())
        #expect(narrow.upper - narrow.lower < 0.9 * (wide.upper - wide.lower))
        let same = try PredictionPoweredMean(labels: [1, 1, 1], judged: [1, 1, 1], unlabelled: [1, 1]).interval()
        #expect(same.estimate == 1 && same.upper == 1 && same.lower < 0.5)
    }

    @Test func `Lists that do not belong together, and scores that are none, are refused`() {
        for (labels, judged, unlabelled) in [
            ([1], [1], []), ([1, 0], [1], []), ([1, 2], [1, 0], []), ([1, 0], [1, 0], [.nan]),
        ] as [([Double], [Double], [Double])] {
            #expect(throws: StatisticsError.self) {
                try PredictionPoweredMean(labels: labels, judged: judged, unlabelled: unlabelled)
            }
        }
    }
}
