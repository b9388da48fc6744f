import Base
import Statistics
import Testing

@Suite struct MeanIntervalTests {
    private let scores = [0.12, 0.85, 0.44, 0.91, 0.33, 0.67, 0.05, 0.78, 0.59, 0.26, 0.99, 0.48]

    @Test func `Without groups a difference's interval is that of the t test`() throws {
        let interval = try meanDifferenceInterval(scores)
        // scipy 1.17.1: scipy.stats.ttest_1samp(scores, 0).confidence_interval(0.95); the kurtosis is below 3.
        #expect(abs(interval.lower - 0.3414589401212782) < 1e-9)
        #expect(abs(interval.upper - 0.7368743932120552) < 1e-9)
        #expect(abs(interval.estimate - 0.5391666666666667) < 1e-12)
    }

    @Test func `Groups of equal size count as their means`() throws {
        let groups = ["a", "a", "a", "b", "b", "b", "c", "c", "c", "d", "d", "d"]
        let interval = try meanDifferenceInterval(scores, groups: groups)
        let means = [0, 3, 6, 9].map { scores[$0..<($0 + 3)].reduce(0, +) / 3 }
        let ofMeans = try meanDifferenceInterval(means)
        #expect(abs(interval.lower - ofMeans.lower) < 1e-12 && abs(interval.upper - ofMeans.upper) < 1e-12)
        let names = scores.indices.map(String.init)
        let (once, twice) = (try meanInterval(scores), try meanInterval(scores + scores, groups: names + names))
        #expect(abs(once.lower - twice.lower) < 1e-12 && abs(once.upper - twice.upper) < 1e-12)
    }

    @Test func `Scores that are all the same give Wilson's interval, and no certainty`() throws {
        let ones = try meanInterval(Array(repeating: 1, count: 20))
        let wilson = try wilsonInterval(successes: 20, of: 20)
        #expect(abs(ones.lower - wilson.lower) < 1e-12 && ones.upper == 1 && ones.estimate == 1)
        let none = try meanInterval(Array(repeating: 0, count: 20))
        #expect(none.lower == 0 && abs(none.upper - (1 - wilson.lower)) < 1e-12)
        // Five documents whose questions are all found are five looks, not twenty.
        let fewer = try meanInterval(Array(repeating: 1, count: 20), groups: (0..<20).map { "d\($0 / 4)" })
        #expect(abs(fewer.lower - (try wilsonInterval(successes: 5, of: 5)).lower) < 1e-12)
        let alike = try meanDifferenceInterval(Array(repeating: 0, count: 100))
        #expect(alike.estimate == 0 && abs(alike.upper - 0.0370) < 1e-4 && alike.lower == -alike.upper)
        let half = try meanInterval(Array(repeating: 0.5, count: 20))
        #expect(half.lower < 0.31 && half.upper > 0.69)
    }

    @Test func `One that differs among many makes the interval wide, not narrow`() throws {
        let nearly = try meanInterval(Array(repeating: 1, count: 39) + [0.9])
        #expect(nearly.lower < 0.965 && nearly.upper > 0.9975 && nearly.upper <= 1)
        let difference = try meanDifferenceInterval(Array(repeating: 0, count: 39) + [0.1])
        #expect(difference.lower < -0.007 && difference.upper > 0.012)
    }

    @Test func `Questions that are found or not have about Wilson's interval`() throws {
        for found in [3, 30, 55, 59] {
            let interval = try meanInterval((0..<60).map { $0 < found ? 1 : 0 })
            let wilson = try wilsonInterval(successes: found, of: 60)
            #expect(abs(interval.lower - wilson.lower) < 0.006 && abs(interval.upper - wilson.upper) < 0.006)
        }
    }

    @Test func `Ends stay within what is possible`() throws {
        let two = try meanInterval([0, 1])
        #expect(two.lower >= 0 && two.upper <= 1 && two.upper - two.lower > 0.9)
        let difference = try meanDifferenceInterval([-1, 1])
        #expect(difference.lower == -1 && difference.upper == 1)
    }

    @Test func `What cannot give an interval is refused with a sentence`() {
        #expect(code { try meanInterval([0.5]) } == .tooFew)
        #expect(code { try meanInterval([0.5, 0.6], groups: ["a", "a"]) } == .tooFew)
        #expect(code { try meanInterval([0.5, .nan]) } == .notFinite)
        #expect(code { try meanInterval([0.5, 1.5]) } == .badArgument)
        #expect(code { try meanDifferenceInterval([0.5, -1.5]) } == .badArgument)
        #expect(code { try meanInterval([0.5, 0.6], groups: ["a"]) } == .lengthsDiffer)
        #expect(code { try meanInterval([0, 1], confidence: 1) } == .badArgument)
    }
}

/// The code of the error that a computation throws, or nil where it throws none.
func code(_ body: () throws -> some Any) -> StatisticsError.Code? {
    do {
        _ = try body()
        return nil
    } catch {
        return (error as? StatisticsError)?.code
    }
}
