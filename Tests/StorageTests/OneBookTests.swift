import AutoML
import Base
import FoundationEssentials
import LanguageModels
import TestSupport
import Testing

@testable import Storage

/// What searches spend stands in the ledger of calls, and nowhere else.
@Suite struct OneBookTests {
    private static let definition: JSONValue = ["space": "small"]
    private static let id = ContentHash(of: definition)

    private static func call(trial: Int?, dollars: Double?, outcome: CallOutcome = .ok) -> CallRecord {
        var call = CallRecord(
            purpose: CallPurpose(project: "p", search: id.hex, study: id.hex, trial: trial, role: "embedding"),
            endpoint: "e", model: "m", started: Dates.first, outcome: outcome)
        call.usage = TokenUsage(inputTokens: 1, outputTokens: 0)
        call.dollars = dollars
        return call
    }

    @Test func `A trial costs what its calls cost, and its journal adds the time alone`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let database = try NeoDatabase(path: "\(folder)/.neo/neo.db")
            let ledger = try await CallLedger(database)
            let journal = try await database.openStudy(definition: Self.definition, at: Dates.first)
            for call in [
                Self.call(trial: 0, dollars: 0.5), Self.call(trial: 0, dollars: 0.25),
                Self.call(trial: nil, dollars: 1), Self.call(trial: 1, dollars: nil),
            ] {
                try await ledger.record(call)
            }
            // What the study counted itself is what the calls say already.
            try await journal.spend(TrialSpending(trial: 0, seconds: 2, cost: 0.75))
            try await journal.spend(TrialSpending(trial: 0, seconds: 1, cost: 0))
            try await journal.spend(TrialSpending(trial: nil, cost: 1))
            #expect(
                try await journal.spendings() == [
                    TrialSpending(trial: nil, cost: 1), TrialSpending(trial: 0, seconds: 3, cost: 0.75),
                ])
            let other = try await database.openStudy(definition: "another", at: Dates.first)
            #expect(try await other.spendings().isEmpty)
            let total = try await ledger.totals(by: .search, since: nil, search: Self.id.hex)
            #expect(total.map(\.group) == [Self.id.short] && total.map(\.dollars) == [1.75])
        }
    }

    @Test func `What an older version kept in its own table becomes calls, counted once`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let path = "\(folder)/.neo/neo.db"
            let columns = "started, project, study, role, endpoint, model, outcome, cache_hit, estimated, dollars"
            try NeoDatabase.makeOld(
                path: path, through: "5 calls of models",
                rows: """
                    INSERT INTO studies VALUES ('\(Self.id.hex)', '\(Self.definition.canonicalText)', '2026-11-20T10:00:00Z');
                    INSERT INTO spendings VALUES ('\(Self.id.hex)', -1, 0, 0.5), ('\(Self.id.hex)', 0, 3, 0.25),
                        ('\(Self.id.hex)', 1, 2, 0);
                    INSERT INTO calls (\(columns)) VALUES ('2026-11-20T11:00:00Z', 'p', '\(Self.id.short)',
                        'generator', 'e', 'm', 'ok', 0, 0, 0.125);
                    """)
            for _ in 0..<2 {
                let database = try NeoDatabase(path: path)
                let journal = try await database.openStudy(definition: Self.definition, at: Dates.first)
                #expect(
                    try await journal.spendings() == [
                        TrialSpending(trial: nil, cost: 0.5), TrialSpending(trial: 0, seconds: 3, cost: 0.25),
                        TrialSpending(trial: 1, seconds: 2, cost: 0),
                    ])
                let ledger = try await CallLedger(database)
                let all = try await ledger.totals(by: .project, since: nil)
                #expect(all.map(\.group) == ["p"] && all.map(\.dollars) == [0.875])
                let search = try await ledger.totals(by: .model, since: nil, search: Self.id.hex)
                #expect(search.map(\.group) == ["m", "served models"] && search.map(\.dollars) == [0.125, 0.75])
            }
        }
    }

    @Test func `A budget of a search counts what was spent before there was one, and is raised and taken away`()
        async throws
    {
        try await withTemporaryDirectory { folder async throws in
            let ledger = try await CallLedger(NeoDatabase(path: "\(folder)/.neo/neo.db"))
            try await ledger.record(Self.call(trial: 0, dollars: 0.5))
            for amount in [0.75, 1] {
                try await ledger.setBudget(ofSearch: Self.id.hex, named: "search", to: amount)
                let budget = BudgetState(name: "search", unit: .usd, amount: amount, spent: 0.5, reserved: 0)
                #expect(try await ledger.budgets() == [budget])
            }
            let most = CallAmounts(dollars: 0.4, tokens: 1, minutes: 0)
            guard
                case .opened(let id, _) = try await ledger.open(
                    Self.call(trial: 0, dollars: 0.4, outcome: .open), reserving: most, of: ["search"])
            else { throw DamagedRow(description: "it does not fit") }
            try await ledger.close(
                id, as: Self.call(trial: 0, dollars: 0.25), spent: CallAmounts(dollars: 0.25, tokens: 1, minutes: 0))
            try await ledger.setBudget(ofSearch: Self.id.hex, named: "search", to: 1)
            #expect(try await ledger.budgets().map(\.spent) == [0.75])
            try await ledger.setBudget(ofSearch: Self.id.hex, named: "search", to: nil)
            #expect(try await ledger.budgets().isEmpty)
        }
    }

    @Test func `Calls belong to the search, the study and the trial that their task works on`() async throws {
        let plain = CallPurpose(project: "p", role: "reranker")
        #expect(plain.inScope == plain)
        CallScope.$current.withValue(CallScope(search: "s")) {
            #expect(plain.inScope == CallPurpose(project: "p", search: "s", study: "s", role: "reranker"))
            MeasuredTrial.$number.withValue(7) {
                CallScope.$current.withValue(CallScope.current?.at(study: "answers")) {
                    #expect(
                        plain.inScope
                            == CallPurpose(project: "p", search: "s", study: "answers", trial: 7, role: "reranker"))
                }
            }
        }
    }
}
