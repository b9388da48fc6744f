import Base
import LanguageModelClients
import LanguageModels
import Retrieval
import Storage
import TestSupport
import Testing

@Suite struct EndpointMeterTests {
    /// What stands in a ledger after some work with a meter.
    static func calls(
        price: Double?, budget: Double? = nil, scope: CallScope? = nil,
        _ body: @Sendable (EndpointMeter) async throws -> Void
    ) async throws -> [CallRecord] {
        try await withTemporaryDirectory { folder async throws in
            let ledger = try await CallLedger(NeoDatabase(path: "\(folder)/neo.db"))
            try await ledger.setBudget("b", .usd, to: budget)
            try await CallScope.$current.withValue(scope) { try await body(meter(ledger, price: price)) }
            await ledger.drain()
            #expect(try await ledger.budgets().allSatisfy { $0.reserved == 0 })
            return try await ledger.calls()
        }
    }

    static func meter(_ ledger: CallLedger, price: Double?) -> EndpointMeter {
        var limits = CallMeter.Limits(budgets: ["b"])
        limits.allowsUnknownPrice = true
        return EndpointMeter(
            CallMeter(
                ledger, CallPurpose(project: "p", role: "embedding"), endpoint: "http://e", model: "m",
                price: EndpointMeter.price(price), limits: limits, diagnostics: DiagnosticCollector()))
    }

    @Test func `A request is a row with search, role, tokens and price, and its search hears of it`() async throws {
        let scope = CallScope(search: "s")
        let calls = try await Self.calls(price: 2, scope: scope) { meter async throws in
            let answer = try await meter.measured(["eight by", "tes"]) { Counted(1, tokens: 500_000) }
            #expect(answer.tokens == 500_000)
        }
        let call = try #require(calls.first)
        #expect(call.purpose == CallPurpose(project: "p", search: "s", study: "s", role: "embedding"))
        #expect(call.outcome == .ok && call.dollars == 1 && call.price?["input"] == 2 && call.endpoint == "http://e")
        #expect(scope.tally.dollars == 1 && calls.count == 1)
    }

    @Test(arguments: [
        (EndpointError(.refused, "No."), CallOutcome.failed("refused"), 0),
        (EndpointError(.unreachable, "No."), .failed("unreachable"), 0),
        (EndpointError(.answer, "No."), .failed("answer"), 100),
    ])
    func `What was refused was not read, and what was answered badly was`(
        error: EndpointError, outcome: CallOutcome, tokens: Int
    ) async throws {
        let calls = try await Self.calls(price: 2) { meter async throws in
            await #expect(throws: EndpointError.self) {
                _ = try await meter.measured([String(repeating: "x", count: 400)]) { () -> Counted<Int> in throw error }
            }
        }
        #expect(calls.map(\.outcome) == [outcome] && calls.map { $0.usage?.inputTokens } == [tokens])
    }

    @Test func `A budget holds a request back that may not fit, and settles one that did`() async throws {
        // Four hundred bytes are reckoned as two hundred tokens at most, and are a hundred.
        let text = String(repeating: "x", count: 400)
        let calls = try await Self.calls(price: 10_000, budget: 3.5) { meter async throws in
            for _ in 0..<2 { _ = try await meter.measured([text]) { Counted(1, tokens: 100) } }
            let shortage = await #expect(throws: BudgetShortage.self) {
                _ = try await meter.measured([text]) { Counted(1, tokens: 100) }
            }
            #expect(shortage?.budget.spent == 2 && shortage?.needed == 2)
        }
        #expect(calls.map(\.dollars) == [1, 1])
    }

    @Test func `One of unknown price is unknown in the ledger, and held back by no budget in dollars`() async throws {
        let calls = try await Self.calls(price: nil, budget: 0.1) { meter async throws in
            _ = try await meter.measured(["a"]) { Counted(1, tokens: 100) }
        }
        #expect(calls.map(\.dollars) == [nil] && calls.map { $0.usage?.inputTokens } == [100])
    }
}
