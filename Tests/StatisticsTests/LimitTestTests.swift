import Base
import Testing

@testable import Statistics

@Suite struct LimitTestTests {
    struct Row: Sendable {
        var count: Int
        var probability: Double
        var limit: Double
        var below: Double
        var above: Double
    }

    // scipy 1.17.1: scipy.stats.quantile_test(1…n, q=limit, p=probability, alternative="less" and "greater").
    @Test(arguments: [
        Row(count: 20, probability: 0.5, limit: 12.5, below: 0.2517223358154297, above: 0.8684120178222656),
        Row(count: 59, probability: 0.95, limit: 59.5, below: 0.04849452524942311, above: 1.0),
        Row(count: 200, probability: 0.95, limit: 195.5, below: 0.062342495042294936, above: 0.9735531999908801),
        Row(count: 200, probability: 0.95, limit: 182.5, below: 0.9941764420322093, above: 0.012089443730889634),
        Row(count: 40, probability: 0.5, limit: 8.5, below: 0.9999788614886711, above: 9.108291487791575e-05),
        Row(count: 100, probability: 0.99, limit: 98.5, below: 0.9206267977478195, above: 0.2642380210770439),
    ])
    func `The quantile test equals scipy's`(row: Row) throws {
        let values = (1...row.count).map(Double.init)
        let test = try quantileTest(values, probability: row.probability, limit: row.limit)
        #expect(abs(test.below - row.below) < 1e-12)
        #expect(abs(test.above - row.above) < 1e-12)
    }

    @Test func `58 values never show that the 95th percentile is under a limit, and 59 do`() throws {
        let few = try quantileTest(Array(repeating: 1, count: 58), probability: 0.95, limit: 2)
        let enough = try quantileTest(Array(repeating: 1, count: 59), probability: 0.95, limit: 2)
        #expect(few.below > 0.05 && enough.below <= 0.05)
        #expect(try quantileTest([], probability: 0.95, limit: 2) == LimitTest(below: 1, above: 1))
    }

    @Test func `A value that never came is above every limit`() throws {
        let test = try quantileTest(Array(repeating: .infinity, count: 20), probability: 0.95, limit: 1e12)
        #expect(test.below == 1 && test.above < 1e-12)
        #expect(throws: StatisticsError.self) { try quantileTest([.nan], probability: 0.5, limit: 1) }
    }

    @Test func `A mean far from the limit is on its side, one at the limit on neither`() throws {
        let values = (0..<60).map { Double($0 % 2) }
        let test = { (limit: Double) in try meanTest(values, limit: limit) }
        #expect(try test(0.9).below < 0.01 && test(0.9).above > 0.9)
        #expect(try test(0.1).above < 0.01 && test(0.1).below > 0.9)
        #expect(try test(0.5).below > 0.1 && test(0.5).above > 0.1)
        #expect(throws: StatisticsError.self) {
            try meanTest(values, groups: values.map { _ in "a" }, limit: 0.5)
        }
    }

    @Test func `A limit at an end of the interval is tested at its level`() throws {
        let samples: [(values: [Double], groups: [String]?)] = [
            ((0..<60).map { Double($0 % 2) }, nil),
            ((0..<40).map { $0 < 36 ? 1 : 0.5 }, nil),
            ((0..<40).map { $0 % 7 < 5 ? 1 : 0.2 }, (0..<40).map { "d\($0 / 4)" }),
            (Array(repeating: 1, count: 20), nil),
        ]
        for (values, groups) in samples {
            let interval = try meanInterval(values, groups: groups)
            #expect(abs(try meanTest(values, groups: groups, limit: interval.lower).above - 0.025) < 1e-9)
            guard interval.upper < 1 else { continue }
            #expect(abs(try meanTest(values, groups: groups, limit: interval.upper).below - 0.025) < 1e-9)
        }
        #expect(try meanTest([1, 1, 0.5], limit: 1) == LimitTest(below: 0, above: 1))
        #expect(try meanTest([0, 0, 0], limit: 0) == LimitTest(below: 1, above: 1))
    }
}
