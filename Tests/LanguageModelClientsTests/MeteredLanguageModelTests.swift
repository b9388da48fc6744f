import Base
import LanguageModelClients
import LanguageModels
import Storage
import TestSupport
import Testing

@Suite struct MeteredLanguageModelTests {
    static let question = LanguageModelRequest(messages: [.user("Why?")], maxOutputTokens: 100)
    /// A dollar for 100 tokens written.
    static let price = ModelPrice(input: 0, output: 10_000, source: "own", date: "2026-11-21")

    /// What a test needs: a ledger, and meters for it.
    struct Fixture: Sendable {
        let ledger: CallLedger
        let diagnostics = DiagnosticCollector()

        func metered(
            _ base: any LanguageModel, price: ModelPrice? = price, limits: CallMeter.Limits = .init(budgets: ["b"])
        ) -> MeteredLanguageModel {
            MeteredLanguageModel(base, by: meter(price: price, limits: limits))
        }

        func meter(price: ModelPrice? = price, limits: CallMeter.Limits = .init(budgets: ["b"])) -> CallMeter {
            CallMeter(
                ledger, CallPurpose(project: "p", study: "s", trial: 2, role: "judge"), endpoint: "e", model: "m",
                price: price, limits: limits, diagnostics: diagnostics,
                pause: { _ in
                    try Task.checkCancellation()
                    await Task.yield()
                })
        }
    }

    private static func with(_ body: @Sendable (Fixture) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            let fixture = Fixture(ledger: try await CallLedger(NeoDatabase(path: "\(folder)/neo.db")))
            try await body(fixture)
            #expect(fixture.diagnostics.all.isEmpty)
        }
    }

    @Test func `A call is a row with purpose, tokens, price and time before its answer is handed on`() async throws {
        try await Self.with { fixture async throws in
            let base = FakeModel { _, _ in
                // While it is under way it stands there with the most that it may cost.
                let open = try #require(await fixture.ledger.calls().last)
                #expect(open.outcome == .open && open.dollars == 1 && open.usage?.isEstimated == true)
                return FakeModel.events(["yes"], usage: TokenUsage(inputTokens: 10, outputTokens: 50))
            }
            _ = try await fixture.metered(base).respond(to: Self.question)
            for try await event in fixture.metered(base).stream(Self.question) {
                guard case .completed = event else { continue }
                #expect(try await fixture.ledger.calls().last?.outcome == .ok)
            }
            let calls = try await fixture.ledger.calls()
            #expect(calls.count == 2)
            for call in calls {
                #expect(call.purpose == CallPurpose(project: "p", study: "s", trial: 2, role: "judge"))
                #expect(call.endpoint == "e" && call.model == "m" && call.outcome == .ok && !call.isCacheHit)
                #expect(call.usage == TokenUsage(inputTokens: 10, outputTokens: 50))
                #expect(call.price?["date"] == "2026-11-21" && call.dollars == 0.5)
                #expect((call.milliseconds ?? -1) >= 0)
            }
            #expect(calls[0].firstPieceMilliseconds == nil && calls[1].firstPieceMilliseconds != nil)
        }
    }

    @Test func `An unknown price is unknown, a local model costs nothing, a recording is marked`() async throws {
        try await Self.with { fixture async throws in
            let base = FakeModel()
            _ = try await fixture.metered(base, price: nil).respond(to: Self.question)
            _ = try await fixture.metered(base, price: .local).respond(to: Self.question)
            try await withTemporaryDirectory { folder async throws in
                let store = ResponseStore(path: "\(folder)/r.db", diagnostics: fixture.diagnostics)
                let meter = fixture.meter()
                let cached = CachedLanguageModel(
                    MeteredLanguageModel(base, by: meter), as: RecordedModel(family: "chat", model: "m"), in: store
                ) { _, response, milliseconds in
                    await meter.recordHit(response, milliseconds: milliseconds)
                }
                for _ in 0..<2 { _ = try await cached.respond(to: Self.question) }
                _ = try await cached.events(Self.question)
            }
            let calls = try await fixture.ledger.calls()
            #expect(calls.map(\.dollars) == [nil, 0, 0.05, 0, 0])
            #expect(calls.map(\.isCacheHit) == [false, false, false, true, true])
            #expect(base.asked == 3)
        }
    }

    /// How a call ends, and what is written down then.
    struct Ending: Sendable, CustomTestStringConvertible {
        let error: LanguageModelError.Code
        let dollars: Double?
        let spent: Double
        var testDescription: String { error.word }
    }

    @Test(arguments: [
        Ending(error: .rateLimited, dollars: 0, spent: 0), Ending(error: .authentication, dollars: 0, spent: 0),
        Ending(error: .unreachable, dollars: nil, spent: 1), Ending(error: .answer, dollars: nil, spent: 1),
    ])
    func `A failed call is a row; where nobody knows what it cost, what was reserved counts`(
        ending: Ending
    ) async throws {
        try await Self.with { fixture async throws in
            try await fixture.ledger.setBudget("b", .usd, to: 10)
            let base = FakeModel { _, _ in throw LanguageModelError(ending.error, "No.") }
            await #expect(throws: LanguageModelError.self) {
                try await fixture.metered(base).respond(to: Self.question)
            }
            await #expect(throws: LanguageModelError.self) { try await fixture.metered(base).events(Self.question) }
            let calls = try await fixture.ledger.calls()
            #expect(calls.map(\.outcome) == Array(repeating: .failed(ending.error.word), count: 2))
            #expect(calls.map(\.dollars) == [ending.dollars, ending.dollars])
            let budget = try #require(await fixture.ledger.budgets().first)
            #expect(budget.spent == 2 * ending.spent && budget.reserved == 0)
        }
    }

    @Test func `A stream that breaks off, or that nobody reads to its end, is estimated by what came`() async throws {
        try await Self.with { fixture async throws in
            try await fixture.ledger.setBudget("b", .usd, to: 10)
            let broken = FakeModel { _, _ in [.text("four")] }
            await #expect(throws: LanguageModelError.self) { try await fixture.metered(broken).events(Self.question) }
            for try await _ in fixture.metered(FakeModel()).stream(Self.question) { break }
            await fixture.ledger.drain()
            let calls = try await fixture.ledger.calls()
            #expect(calls.map(\.outcome) == [.failed("interrupted"), .cancelled])
            #expect(calls.map(\.dollars) == [0.01, 0.02])
            #expect(calls.allSatisfy { $0.usage?.isEstimated == true })
            #expect(try await fixture.ledger.budgets().first.map { $0.spent == 0.03 && $0.reserved == 0 } == true)
        }
    }

    @Test func `A call that is cancelled is a row`() async throws {
        try await Self.with { fixture async throws in
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            let base = FakeModel { _, _ in
                begin.yield()
                for await _ in AsyncStream<Void>.makeStream().stream {}
                throw CancellationError()
            }
            let task = Task { try await fixture.metered(base).respond(to: Self.question) }
            _ = await begun.first { _ in true }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await fixture.ledger.calls().map(\.outcome) == [.cancelled])
        }
    }
}
