import Base
import FoundationEssentials
import LanguageModels
import TestSupport
import Testing

@testable import Storage

@Suite struct CallLedgerTests {
    private static func call(_ outcome: CallOutcome = .open, model: String = "m") -> CallRecord {
        CallRecord(
            purpose: CallPurpose(project: "p", role: "judge"), endpoint: "e", model: model, started: Dates.first,
            outcome: outcome)
    }

    private static func with(_ body: (CallLedger, NeoDatabase) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            let database = try NeoDatabase(path: "\(folder)/.neo/neo.db")
            try await body(CallLedger(database), database)
        }
    }

    private static func id(_ opening: CallOpening) throws -> Int64 {
        guard case .opened(let id, _) = opening else { throw DamagedRow(description: "\(opening)") }
        return id
    }

    @Test func `A call is the same after it was written and read, before and after its end`() async throws {
        try await Self.with { ledger, database async throws in
            var call = Self.call()
            call.purpose = CallPurpose(project: "p", search: "t", study: "s", trial: 3, role: "generator")
            call.price = ["input": 1.5, "date": "2026-11-21"]
            call.usage = TokenUsage(inputTokens: 100, outputTokens: 50, isEstimated: true)
            call.dollars = 0.25
            let id = try Self.id(
                await ledger.open(call, reserving: CallAmounts(dollars: 1, tokens: 1, minutes: 1), of: []))
            #expect(try await ledger.calls() == [call])
            call.outcome = .ok
            call.usage = TokenUsage(
                inputTokens: 9, cachedInputTokens: 1, cacheCreationInputTokens: 2, outputTokens: 3, reasoningTokens: 1)
            call.dollars = 0.125
            call.milliseconds = 12.5
            call.firstPieceMilliseconds = 2
            try await ledger.close(id, as: call, spent: nil)
            #expect(try await CallLedger(database).calls() == [call])
            // An end is written down once.
            try await ledger.close(id, as: Self.call(.cancelled), spent: nil)
            #expect(try await ledger.calls() == [call])
            try await ledger.record(Self.call(.failed("rateLimited")))
            #expect(try await ledger.calls().last?.outcome == .failed("rateLimited"))
        }
    }

    @Test func `Budgets are reserved, settled, raised and taken away`() async throws {
        try await Self.with { ledger, _ async throws in
            try await ledger.setBudget("study", .usd, to: 1)
            try await ledger.setBudget("study", .tokens, to: 1_000)
            try await ledger.setBudget("other", .usd, to: 0)
            let most = CallAmounts(dollars: 0.6, tokens: 100, minutes: 5)
            let first = try Self.id(await ledger.open(Self.call(), reserving: most, of: ["study", "nobody's"]))
            let full = BudgetState(name: "study", unit: .usd, amount: 1, spent: 0, reserved: 0.6)
            #expect(
                try await ledger.open(Self.call(), reserving: most, of: ["study"]) == .short(full, needed: 0.6))
            try await ledger.close(
                first, as: Self.call(.ok), spent: CallAmounts(dollars: 0.25, tokens: 40, minutes: 0))
            let second = try Self.id(await ledger.open(Self.call(), reserving: most, of: ["study"]))
            // Nobody knows what it cost.
            try await ledger.close(second, as: Self.call(.cancelled), spent: nil)
            var budgets = try await ledger.budgets().filter { $0.name == "study" }
            #expect(budgets.map(\.spent) == [140, 0.85] && budgets.map(\.reserved) == [0, 0])
            let third = try await ledger.open(Self.call(), reserving: most, of: ["study"])
            guard case .short = third else { return #expect(third == .unknownPrice(full)) }
            try await ledger.setBudget("study", .usd, to: 2)
            _ = try Self.id(await ledger.open(Self.call(), reserving: most, of: ["study"]))
            try await ledger.setBudget("study", .usd, to: nil)
            budgets = try await ledger.budgets()
            #expect(budgets.map(\.name) == ["other", "study"] && budgets[1].unit == .tokens)
            #expect(try await ledger.calls().count == 3)
        }
    }

    @Test func `What costs nothing fits always, and what nobody knows the price of never`() async throws {
        try await Self.with { ledger, _ async throws in
            try await ledger.setBudget("b", .usd, to: 0)
            let free = CallAmounts(dollars: 0, tokens: 100, minutes: 1)
            #expect(try await ledger.open(Self.call(), reserving: free, of: ["b"]) == .opened(1, isLimited: true))
            let unknown = CallAmounts(dollars: nil, tokens: 100, minutes: 1)
            guard case .unknownPrice = try await ledger.open(Self.call(), reserving: unknown, of: ["b"]) else {
                Issue.record("It was opened.")
                return
            }
            // A budget of another unit does not ask for the price.
            try await ledger.setBudget("b", .usd, to: nil)
            try await ledger.setBudget("b", .minutes, to: 10)
            #expect(try await ledger.open(Self.call(), reserving: unknown, of: ["b"]) == .opened(2, isLimited: false))
        }
    }

    @Test func `Calls of a ledger that is no more are settled at what was reserved`() async throws {
        try await Self.with { _, database async throws in
            var lost: CallLedger? = try await CallLedger(database)
            try await lost?.setBudget("b", .usd, to: 1)
            _ = try await lost?.open(
                Self.call(), reserving: CallAmounts(dollars: 0.5, tokens: 0, minutes: 0), of: ["b"])
            // It lives, so its call is under way.
            let other = try await CallLedger(database)
            #expect(try await other.calls().map(\.outcome) == [.open])
            lost = nil
            try await other.settleLost()
            #expect(try await other.calls().map(\.outcome) == [.lost])
            let budget = try #require(await other.budgets().first)
            #expect(budget.spent == 0.5 && budget.reserved == 0)
            try await other.settleLost()
            #expect(try await other.budgets() == [budget])
            #expect(files(below: directory(of: database.path) + "/leases").count == 2)
        }
    }

    @Test func `Files of processes that are no more are removed, those of others stay`() async throws {
        try await Self.with { ledger, database async throws in
            let folder = directory(of: database.path) + "/leases"
            try put([], into: folder + "/999999-dead")
            let other = try await CallLedger(database)
            let alive = [ledger, other].map { "\(folder)/\($0.lease.name)" }.sorted()
            #expect(files(below: folder) == alive)
        }
    }

    @Test(arguments: CallGrouping.allCases) func `Calls are added up by what they have in common`(
        grouping: CallGrouping
    ) async throws {
        try await Self.with { ledger, _ async throws in
            #expect(try await ledger.totals(by: grouping, since: nil).isEmpty)
            var call = Self.call(.ok)
            call.usage = TokenUsage(inputTokens: .max, outputTokens: 3)
            call.dollars = 0.5
            call.milliseconds = 1_500
            for _ in 0..<2 { try await ledger.record(call) }
            call.isCacheHit = true
            call.dollars = 0
            try await ledger.record(call)
            var failed = Self.call(.failed("unreachable"))
            failed.milliseconds = 500
            try await ledger.record(failed)
            let totals = try await ledger.totals(by: grouping, since: Dates.first)
            let names: [CallGrouping: String] = [
                .project: "p", .model: "m", .role: "judge", .day: "1970-01-12", .search: "no search",
                .study: "no study", .trial: "no trial",
            ]
            var expected = CallTotal(group: names[grouping] ?? "")
            (expected.calls, expected.cacheHits, expected.failures) = (4, 1, 1)
            (expected.inputTokens, expected.outputTokens, expected.estimatedCalls) = (Int(9e18), 6, 1)
            (expected.dollars, expected.unknownCalls, expected.seconds) = (1, 1, 5)
            #expect(totals == [expected])
            #expect(try await ledger.totals(by: grouping, since: Dates.second).isEmpty)
        }
    }
}
