import TestSupport
import Testing

@testable import Storage

@Suite struct FeedbackTableTests {
    private static func thumb(
        _ answer: String, _ rating: Int, by rater: String = "r", from source: String = "s", release: Int? = 1,
        at time: Double = 1_000_000
    ) -> FeedbackRow {
        FeedbackRow(
            time: time, kind: .thumb, answer: answer, release: release, rater: rater, source: source, rating: rating,
            way: "api")
    }

    private static func with(_ body: (ServiceDatabase) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            try await body(ServiceDatabase(path: folder + "/service.db"))
        }
    }

    @Test func `who changes their mind is counted once, with what they said last`() async throws {
        try await Self.with { database async throws in
            try await database.keep(Self.thumb("a", 1))
            try await database.keep(Self.thumb("a", -1))
            try await database.keep(Self.thumb("a", 1, by: "other"))
            try await database.keep(Self.thumb("b", -1, release: nil))
            let counts = try await database.thumbs()
            #expect(counts.map(\.release) == [nil, 1])
            #expect(counts.map(\.up) == [0, 1] && counts.map(\.down) == [1, 1])
            #expect(try await database.feedback().count == 3)
        }
    }

    @Test func `a flood of one rater is kept, and does not count`() async throws {
        try await Self.with { database async throws in
            for number in 0..<50 { try await database.keep(Self.thumb("a\(number)", -1)) }
            try await database.keep(Self.thumb("a", 1, by: "calm"))
            let count = try #require(try await database.thumbs().first)
            #expect(count.down == ServiceDatabase.countedAnHour && count.up == 1)
            #expect(count.damped == 50 - ServiceDatabase.countedAnHour)
            // An hour later it is no flood any more.
            #expect(try await database.keep(Self.thumb("later", -1, at: 1_003_601)).counts)
        }
    }

    @Test func `made-up names from one address do not help`() async throws {
        try await Self.with { database async throws in
            let all = ServiceDatabase.countedOfSourceAnHour + 30
            for number in 0..<all { try await database.keep(Self.thumb("a\(number)", -1, by: "r\(number)")) }
            try await database.keep(Self.thumb("a", 1, by: "calm", from: "elsewhere"))
            let count = try #require(try await database.thumbs().first)
            #expect(count.down == ServiceDatabase.countedOfSourceAnHour && count.up == 1 && count.damped == 30)
        }
    }

    @Test func `only who was shown two answers says which is better, once`() async throws {
        try await Self.with { database async throws in
            try await database.begin(
                ComparisonRow(id: "c", time: 1, first: 2, second: 1, rater: "r", source: "s", question: "Why?"))
            #expect(try await database.decide("c", outcome: "first", rater: "stranger", at: 2) == nil)
            #expect(try await database.decide("d", outcome: "first", rater: "r", at: 2) == nil)
            #expect(try await database.comparisons().isEmpty)
            #expect(try await database.decide("c", outcome: "tie", rater: "r", at: 2)?.first == 2)
            #expect(try await database.decide("c", outcome: "first", rater: "r", at: 3) == nil)
            #expect(try await database.comparisons().map(\.outcome) == ["tie"])
        }
    }

    @Test func `times bound what is told`() async throws {
        try await Self.with { database async throws in
            try await database.keep(Self.thumb("old", -1, at: 10))
            try await database.keep(Self.thumb("new", 1, at: 20))
            #expect(try await database.thumbs(since: 15).map(\.up) == [1])
            #expect(try await database.thumbs(since: 15).map(\.down) == [0])
            #expect(try await database.feedback(since: 15).map(\.answer) == ["new"])
            #expect(try await database.feedback().map(\.answer) == ["new", "old"])
        }
    }
}
