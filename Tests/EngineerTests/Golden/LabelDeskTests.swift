import Base
import Statistics
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct LabelDeskTests {
    /// A clock that goes on by so many seconds whenever it is looked at.
    private static func clock(step: Double) -> TimeSource {
        let seconds = Mutex(0.0)
        return TimeSource(
            now: {
                seconds.withLock { seconds in
                    seconds += step
                    return Date(timeIntervalSince1970: 1_790_000_000 + seconds)
                }
            }, nanoseconds: { 0 })
    }

    private static func with<Result>(
        people: Int = 2, _ body: (GoldenFixture, LabelDesk, [String]) async throws -> Result
    ) async throws -> Result {
        try await GoldenFixture.with { fixture async throws in
            try await fixture.propose(6)
            let desk = LabelDesk(fixture.project, time: clock(step: 15))
            let made = try await desk.make([], people: people, minutePrice: 2, by: "ada")
            #expect(made.batch == "b1" && made.items == 6 && Set(made.tokens).count == people)
            return try await body(fixture, desk, made.tokens)
        }
    }

    @Test func `two people label all, agree on some, and a third decides; then proposals are decided of`() async throws
    {
        try await Self.with { fixture, desk, tokens async throws in
            for (place, token) in tokens.enumerated() {
                var number = 0
                while let view = try await desk.view(token: token), let sheet = view.sheet {
                    #expect(view.done == number && view.all == 6)
                    // They differ on the second only.
                    let category: LabelCategory = number == 0 ? .wrong : number == 1 && place == 1 ? .wrong : .good
                    try await desk.take(
                        token: token, item: sheet.item, category: category,
                        comment: number == 0 ? "Nobody asks that." : "",
                        name: place == 0 ? "bo" : "cy")
                    number += 1
                }
                #expect(number == 6)
            }
            let batch = try await desk.batch(nil)
            var agreement = try await desk.agreement(batch)
            #expect(agreement.given == 12 && agreement.agreed == 5 && agreement.compared == 6)
            let kappa = try #require(
                try cohensKappa(
                    ["wrong", "good", "good", "good", "good", "good"],
                    ["wrong", "wrong", "good", "good", "good", "good"]))
            #expect(agreement.kappa == kappa)
            let disputed = try #require(agreement.items.first { $0.isDisputed }).id
            try await desk.adjudicate(disputed, in: batch, as: .unclear, by: "ada")
            agreement = try await desk.agreement(batch)
            #expect(agreement.items.count { $0.isDisputed } == 0)

            let (decided, notes) = try await desk.apply(batch)
            #expect(decided.count { $0.state == .accepted } == 4 && decided.count { $0.state == .rejected } == 1)
            #expect(notes.count == 1 && notes[0].contains("stays open"))
            #expect(try fixture.golden().count == 4)
            #expect(decided.first { $0.state == .rejected }?.decision?.reason == "Nobody asks that.")

            // 15 seconds from the page to the label, 2 dollars a minute.
            let costs = try await CallCosts.read(fixture.project, by: .role, since: nil)
            let row = try #require(costs.totals.first { $0.group == "label" })
            #expect(row.calls == 12 && abs(row.seconds - 12 * 15) < 12 && abs(row.dollars - 12 * 0.5) < 0.5, "\(row)")
        }
    }

    @Test func `a label that is sent twice, a link of somebody else, and an item of nobody are each said`() async throws
    {
        try await Self.with { _, desk, tokens async throws in
            let item = try #require(try await desk.view(token: tokens[0])?.sheet).item
            func take(_ token: String, _ item: String, _ name: String, _ comment: String = "") async -> String? {
                do {
                    try await desk.take(token: token, item: item, category: .good, comment: comment, name: name)
                    return nil
                } catch { return (error as? EngineerError)?.message ?? "\(error)" }
            }
            #expect(await take(tokens[0], item, "bo") == nil)
            #expect(await take(tokens[0], item, "bo")?.contains("labelled this question before, as good") == true)
            #expect(await take(tokens[0], item, "cy")?.contains("This link is bo's") == true)
            #expect(await take(tokens[1], "zzz", "cy")?.contains("not in your batch") == true)
            #expect(await take(tokens[1], item, "  ")?.contains("Say who you are") == true)
            #expect(await take(tokens[1], item, "cy", String(repeating: "x", count: 3_000))?.contains("longer") == true)
            #expect(await take(String(repeating: "0", count: 64), item, "cy")?.contains("not valid") == true)
            #expect(try await desk.agreement(desk.batch(nil)).given == 1)
        }
    }

    @Test func `one label of many that are sent at once is kept, and paid for once`() async throws {
        try await Self.with { fixture, desk, tokens async throws in
            let item = try #require(try await desk.view(token: tokens[0])?.sheet).item
            let kept = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        (try? await desk.take(
                            token: tokens[0], item: item, category: .good, comment: "", name: "bo")) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(kept == 1)
            let costs = try await CallCosts.read(fixture.project, by: .role, since: nil)
            #expect(costs.totals.first { $0.group == "label" }?.calls == 1)
        }
    }

    @Test func `new links make the old ones void, and no token is written down`() async throws {
        try await Self.with { fixture, desk, tokens async throws in
            let renewed = try await desk.renew("b1")
            #expect(try await desk.view(token: tokens[0]) == nil)
            #expect(try await desk.view(token: renewed[0])?.sheet != nil)
            try await NeoDatabase(path: fixture.project.databasePath).foldLog()
            let bytes = try Data(contentsOf: URL(filePath: fixture.project.databasePath))
            for token in tokens + renewed { #expect(bytes.firstRange(of: Data(token.utf8)) == nil) }
            await #expect(throws: EngineerError.self) { try await desk.renew("b9") }
        }
    }

    @Test func `rows that are there are labelled, and what is neither row nor proposal is said`() async throws {
        let row =
            #"{"id": "mine", "question": "Where?", "answers": ["there"], "evidence": [{"document": "gone.md", "quote": "There it is."}]}"#
        try await GoldenFixture.with(golden: row) { fixture async throws in
            let desk = LabelDesk(fixture.project)
            await #expect(throws: EngineerError.self) { try await desk.make([], people: 1, minutePrice: 0, by: "a") }
            await #expect(throws: EngineerError.self) { try await desk.make(["x"], people: 1, minutePrice: 0, by: "a") }
            let made = try await desk.make(["mine", "mine"], people: 1, minutePrice: 0, by: "ada")
            #expect(made.items == 1)
            let sheet = try #require(try await desk.view(token: made.tokens[0])?.sheet)
            #expect(
                sheet.question == "Where?" && sheet.quote == "There it is.", "its document is gone, its quote is shown")
        }
    }
}
