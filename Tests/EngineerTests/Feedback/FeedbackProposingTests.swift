import Base
import RAG
import Storage
import Testing

@testable import Engineer

@Suite struct FeedbackProposingTests {
    private static let now = 1_790_000_000.0

    /// A desk that was told what some people think.
    private static func said(
        _ project: Project, _ sayings: [(rater: String, question: String, fields: [String: JSONValue])]
    ) async throws -> ServiceDatabase {
        let desk = try FeedbackDesk(project)
        for (number, saying) in sayings.enumerated() {
            var fields = saying.fields
            fields["answer"] = .string("a\(number)")
            try await desk.take(
                try FeedbackInput(fields), of: .init(release: 1, question: saying.question, text: "No."),
                from: .init(source: saying.rater), way: .api, at: now)
        }
        return try ServiceDatabase(of: project)
    }

    @Test func `what many did not like comes first, with the sentence that holds the correction`() async throws {
        try await GoldenFixture.with(golden: #"{"id":"q","question":"What is a queue?","answerable":false}"#) {
            fixture async throws in
            let many = "How many slots does the LockTable have?"
            let database = try await Self.said(
                fixture.project,
                [
                    ("one", "What is a queue?", ["rating": "down"]),
                    ("one", many, ["rating": "down", "reason": "wrong"]),
                    ("two", many + " ", ["rating": "down", "correction": "The LockTable has 64 slots."]),
                    ("two", "Who won the cup?", ["rating": "down", "reason": "should-have-abstained"]),
                    ("three", "What is good?", ["rating": "up"]),
                ])
            let outcome = try await FeedbackProposing.propose(fixture.project, from: database)
            #expect(outcome.reported == 3)
            #expect(outcome.proposals.map(\.question) == [many + " ", "Who won the cup?"], "the other one is golden")
            let first = try #require(outcome.proposals.first)
            #expect(first.evidence.first?.quote == "The LockTable has 64 slots and a spare one.")
            #expect(first.answers == ["The LockTable has 64 slots."] && first.origin == "feedback")
            #expect(first.why.hasPrefix("2 people did not like the answer"))
            #expect(outcome.proposals.last?.isAnswerable == false)
            // Nothing is golden before somebody says so, and nothing is proposed twice.
            #expect(try fixture.golden().map(\.id) == ["q"])
            #expect(try await FeedbackProposing.propose(fixture.project, from: database).proposals.isEmpty)
        }
    }

    @Test func `neither address nor name of a rater is kept`() async throws {
        try await GoldenFixture.with { fixture async throws in
            let database = try await Self.said(fixture.project, [("10.1.2.3", "Why?", ["rating": "down"])])
            let row = try #require(try await database.feedback().first)
            #expect(!row.rater.contains("10.1") && !row.source.contains("10.1") && row.rater != row.source)
        }
    }

    @Test func `without texts nothing is proposed, and that is said`() async throws {
        try await GoldenFixture.with { fixture async throws in
            let database = try ServiceDatabase(of: fixture.project)
            let desk = FeedbackDesk(database, key: try ServiceKey.open(fixture.project), keepsTexts: false)
            try await desk.take(
                try FeedbackInput(["answer": "a", "rating": "down"]),
                of: .init(release: nil, question: "Why?", text: "So."), from: .init(source: "s"), way: .page,
                at: Self.now)
            let outcome = try await FeedbackProposing.propose(fixture.project, from: database)
            #expect(outcome.proposals.isEmpty && outcome.notes.contains { $0.contains("not kept") })
            #expect(try await database.feedback().first?.question == nil)
        }
    }
}
