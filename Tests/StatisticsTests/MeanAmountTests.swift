import Testing

@testable import Statistics

@Suite struct MeanAmountTests {
    @Test func `Without groups it is Student's interval, with fewer degrees of freedom where amounts pile up`() throws {
        // Residuals −2, −1, 1, 2: their kurtosis is under 3, so t has the three degrees of freedom of a textbook.
        let interval = try meanAmountInterval([8, 9, 11, 12])
        // scipy.stats.t.interval(0.95, 3, loc=10, scale=scipy.stats.sem([8, 9, 11, 12]))
        #expect(abs(interval.lower - 7.094_838) < 1e-5 && abs(interval.upper - 12.905_162) < 1e-5)
        #expect(interval.estimate == 10)
    }

    @Test func `The test says what the interval says`() throws {
        let amounts = [0.1, 0.4, 2.5, 0.3, 7, 0.2, 0.2, 1.1]
        let interval = try meanAmountInterval(amounts)
        #expect(interval.lower == 0, "nothing costs less than nothing")
        let above = try meanAmountTest(amounts, limit: interval.upper)
        #expect(abs(above.below - 0.025) < 1e-9 && abs(above.above - 0.975) < 1e-9)
    }

    @Test func `Equal amounts are exact, others that are no amounts are refused`() throws {
        #expect(try meanAmountInterval([3, 3, 3]).upper == 3)
        #expect(try meanAmountTest([3, 3, 3], limit: 3) == LimitTest(below: 0, above: 1))
        #expect(try meanAmountTest([3, 3, 3], limit: 2.9) == LimitTest(below: 1, above: 0))
        #expect(throws: StatisticsError.self) { try meanAmountInterval([1, -1]) }
        #expect(throws: StatisticsError.self) { try meanAmountInterval([1, 2], groups: ["a", "a"]) }
    }
}
