import Base
import Statistics
import Storage
import Testing

@testable import Engineer

@Suite struct PreferenceReportTests {
    private static func votes(_ first: Int, _ second: Int, _ outcome: String, _ count: Int) -> [ComparisonRow] {
        (0..<count).map {
            ComparisonRow(
                id: "\(first)\(second)\(outcome)\($0)", time: 0, first: first, second: second, rater: "r\($0)",
                source: "s", question: nil, outcome: outcome)
        }
    }

    @Test func `a release that is better wherever it stands is told apart`() throws {
        let report = PreferenceReport(
            Self.votes(1, 2, "second", 30) + Self.votes(2, 1, "first", 32) + Self.votes(1, 2, "first", 12)
                + Self.votes(2, 1, "second", 11) + Self.votes(1, 2, "tie", 5))
        #expect(report.comparisons == 90 && report.ties == 5 && report.unrated == nil)
        #expect(report.ratings.map(\.release) == [2, 1])
        let pair = try #require(report.pairs.first)
        #expect(pair.better == 2 && pair.isSeparable && pair.votesToTurn == 62 - 23 + 1)
        #expect(try #require(report.position).contains(0))
    }

    @Test func `who chooses what stands first makes no release better`() throws {
        let report = PreferenceReport(
            Self.votes(1, 2, "first", 40) + Self.votes(2, 1, "first", 38) + Self.votes(1, 2, "second", 10)
                + Self.votes(2, 1, "second", 11))
        let pair = try #require(report.pairs.first)
        #expect(!pair.isSeparable && abs(pair.probability.estimate - 0.5) < 0.03)
        #expect(try #require(report.position).lower > 0)
        #expect(report.sentences.contains { $0.contains("what is shown first is preferred more often") })
    }

    @Test func `what came in a flood is said, and does not count`() {
        let flood = (0..<9).map {
            ComparisonRow(
                id: "f\($0)", time: 0, first: 1, second: 2, rater: "r", source: "s", question: nil, outcome: "first",
                counts: false)
        }
        let few = PreferenceReport(Self.votes(1, 2, "tie", 9) + flood)
        #expect(few.ratings.isEmpty && few.unrated?.contains("10 are the least") == true)
        let report = PreferenceReport(Self.votes(1, 2, "second", 12) + flood)
        #expect(report.comparisons == 12 && report.damped == 9)
        // Where all votes are for one of two no ratings are finite, and that is said.
        #expect(report.ratings.isEmpty && report.unrated?.contains("never lost") == true)
        #expect(report.json["unrated"]?.string != nil)
    }
}
