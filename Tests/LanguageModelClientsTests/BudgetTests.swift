import AutoML
import Base
import FoundationEssentials
import LanguageModelClients
import LanguageModels
import Processes
import Retrieval
import Storage
import TestSupport
import Testing

@Suite struct BudgetTests {
    private typealias Metered = MeteredLanguageModelTests

    /// A call reserves a dollar and costs half of one.
    static let model = FakeModel { _, _ in
        await Task.yield()
        return FakeModel.events(["yes"], usage: TokenUsage(inputTokens: 10, outputTokens: 50))
    }

    private static func with(
        _ body: @Sendable (_ folder: String, MeteredLanguageModelTests.Fixture) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder async throws in
            try await body(folder, Metered.Fixture(ledger: CallLedger(NeoDatabase(path: "\(folder)/neo.db"))))
        }
    }

    /// Makes calls at the same time; how many were answered.
    static func spend(_ calls: Int, by fixture: MeteredLanguageModelTests.Fixture) async throws -> Int {
        var limits = CallMeter.Limits(budgets: ["b"])
        limits.patienceSeconds = .infinity
        let model = fixture.metered(Self.model, limits: limits)
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<calls {
                group.addTask {
                    do {
                        _ = try await model.respond(to: Metered.question)
                        return true
                    } catch is BudgetShortage {
                        return false
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `64 calls at the same time spend what there is, and nothing more`() async throws {
        try await Self.with { _, fixture async throws in
            try await fixture.ledger.setBudget("b", .usd, to: 20.25)
            // 39 calls cost 19.50, and 0.75 is less than another one may cost.
            #expect(try await Self.spend(64, by: fixture) == 39)
            let state = BudgetState(name: "b", unit: .usd, amount: 20.25, spent: 19.5, reserved: 0)
            #expect(try await fixture.ledger.budgets() == [state])
            #expect(try await fixture.ledger.calls().count == 39)
            let shortage = await #expect(throws: BudgetShortage.self) {
                try await fixture.metered(Self.model).respond(to: Metered.question)
            }
            #expect(shortage?.budget == state && shortage?.needed == 1)
            #expect(
                shortage?.message == """
                    The budget `b` of 20.25 dollars is used up: 19.50 dollars spent, and the next call may take up to 1.00 \
                    dollars. Raise it to at least 20.50 dollars to go on; what was done so far is kept.
                    """)
            try await fixture.ledger.setBudget("b", .usd, to: 20.5)
            #expect(try await Self.spend(3, by: fixture) == 1)
        }
    }

    @Test(.timeLimit(.minutes(3)), .enabled(if: TestProgram.path != nil, "it needs the test program's path"))
    func `Two processes with 64 calls each spend what there is, and nothing more`() async throws {
        try await Self.with { folder, fixture async throws in
            try await fixture.ledger.setBudget("b", .usd, to: 20.25)
            async let both = [
                TestProgram.run("spend", in: folder), TestProgram.run("spend", in: folder),
            ]
            #expect(try await both == [0, 0])
            let calls = try await fixture.ledger.calls()
            #expect(calls.count == 39 && calls.allSatisfy { $0.outcome == .ok })
            #expect(
                try await fixture.ledger.budgets() == [
                    BudgetState(name: "b", unit: .usd, amount: 20.25, spent: 19.5, reserved: 0)
                ])
        }
    }

    @Test(.timeLimit(.minutes(5)), .enabled(if: TestProgram.path != nil, "it needs the test program's path"))
    func `A process that is killed leaves a call that counts at its estimate, once`() async throws {
        try await Self.with { folder, fixture async throws in
            try await fixture.ledger.setBudget("b", .usd, to: 1.5)
            #expect(try await TestProgram.run("hang", in: folder, killedAt: "asked") == 137)
            #expect(try await fixture.ledger.calls().map(\.outcome) == [.open])
            // The next call finds the dead one in its way, and settles it.
            let shortage = await #expect(throws: BudgetShortage.self) {
                try await fixture.metered(Self.model).respond(to: Metered.question)
            }
            #expect(shortage?.budget.spent == 1 && shortage?.budget.reserved == 0)
            for _ in 0..<2 {
                let next = try await CallLedger(NeoDatabase(path: "\(folder)/neo.db"))
                let call = try #require(await next.calls().first)
                #expect(call.outcome == .lost && call.dollars == 1 && call.usage?.isEstimated == true)
                #expect(try await next.budgets().first.map { $0.spent == 1 && $0.reserved == 0 } == true)
            }
            try await fixture.ledger.setBudget("b", .usd, to: 2)
            #expect(try await Self.spend(1, by: fixture) == 1)
        }
    }

    @Test(.timeLimit(.minutes(5)), .enabled(if: TestProgram.path != nil, "it needs the test program's path"))
    func `A search that is killed while it embeds finds what it paid when it goes on, once`() async throws {
        try await Self.with { folder, fixture async throws in
            #expect(try await TestProgram.run("hang-embedding", in: folder, killedAt: "asked") == 137)
            let study = ContentHash(of: TestProgram.study)
            for _ in 0..<3 {
                let database = try NeoDatabase(path: "\(folder)/neo.db")
                let ledger = try await CallLedger(database)
                try await ledger.setBudget(ofSearch: study.hex, named: "search", to: 5)
                // A call of 1 dollar had ended, and one of at most 2 dollars was under way.
                #expect(try await ledger.calls().map(\.outcome) == [.ok, .lost])
                #expect(try await ledger.calls().allSatisfy { $0.purpose.trial == 4 })
                #expect(try await ledger.budgets().filter { $0.name == "search" }.map(\.spent) == [3])
                let journal = try await database.openStudy(definition: TestProgram.study, at: .now)
                #expect(try await journal.spendings() == [TrialSpending(trial: 4, cost: 3)])
            }
        }
    }

    @Test func `An unknown price is refused under a budget in dollars, unless that is allowed`() async throws {
        try await Self.with { _, fixture async throws in
            try await fixture.ledger.setBudget("b", .usd, to: 1)
            let refusal = await #expect(throws: BudgetShortage.self) {
                try await fixture.metered(Self.model, price: nil).respond(to: Metered.question)
            }
            #expect(refusal?.message.hasPrefix("What m costs is unknown, so that it cannot be held to") == true)
            var limits = CallMeter.Limits(budgets: ["b"])
            limits.allowsUnknownPrice = true
            _ = try await fixture.metered(Self.model, price: nil, limits: limits).respond(to: Metered.question)
            #expect(try await fixture.ledger.budgets().first?.spent == 0)
            #expect(try await fixture.ledger.calls().map(\.dollars) == [nil])
        }
    }

    @Test func `Under a budget an answer without a limit gets one, and elsewhere none`() async throws {
        try await Self.with { _, fixture async throws in
            let asked = Collected<Int?>()
            let base = FakeModel { request, _ in
                asked.add(request.maxOutputTokens)
                return FakeModel.events(["yes"])
            }
            let open = LanguageModelRequest(messages: [.user("Why?")])
            _ = try await fixture.metered(base).respond(to: open)
            try await fixture.ledger.setBudget("b", .tokens, to: 10_000)
            _ = try await fixture.metered(base).respond(to: open)
            _ = try await fixture.metered(base).events(Metered.question)
            #expect(asked.all == [nil, 4_096, 100])
            #expect(try await fixture.ledger.budgets().first?.spent == 30)
        }
    }

    @Test func `A budget of minutes counts the time of calls`() async throws {
        try await Self.with { _, fixture async throws in
            try await fixture.ledger.setBudget("b", .minutes, to: 0.5)
            let shortage = await #expect(throws: BudgetShortage.self) {
                try await fixture.metered(Self.model).respond(to: Metered.question)
            }
            #expect(shortage?.message.contains("may take up to 1.00 minutes. Raise it to at least 1.00 min") == true)
            try await fixture.ledger.setBudget("b", .minutes, to: 1)
            _ = try await fixture.metered(Self.model).respond(to: Metered.question)
            let budget = try #require(await fixture.ledger.budgets().first)
            #expect(budget.spent > 0 && budget.spent < 1 && budget.reserved == 0)
        }
    }
}

/// This test program, run once more as another process.
enum TestProgram {
    static let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    static let role = "NEO_TEST_LEDGER_ROLE"
    static let folder = "NEO_TEST_LEDGER_FOLDER"
    static let study: JSONValue = ["space": "small"]

    /// Its exit status.
    ///
    /// - Parameter marker: the file whose appearance ends it with `kill -9`.
    static func run(_ role: String, in folder: String, killedAt marker: String? = nil) async throws -> Int {
        let program = "'\(path ?? "")' --testing-library swift-testing --filter LedgerProcessTests"
        let line =
            "export \(Self.role)=\(role) \(Self.folder)='\(folder)'; "
            + (marker.map {
                "\(program) >&2 & child=$!; until [ -e '\(folder)/\($0)' ]; do sleep 0.05; done; kill -9 $child; wait $child"
            } ?? "exec \(program) >&2")
        return try await Int(
            ChildProcess(executable: "bash", arguments: ["-c", line], directory: folder, timeLimitSeconds: 100).run()
                .status)
    }
}

/// What the other process does.
@Suite(.enabled(if: ProcessInfo.processInfo.environment[TestProgram.role] != nil, "BudgetTests run it as a process"))
struct LedgerProcessTests {
    @Test func `It plays its role`() async throws {
        let environment = ProcessInfo.processInfo.environment
        let folder = environment[TestProgram.folder] ?? ""
        let fixture = MeteredLanguageModelTests.Fixture(
            ledger: try await CallLedger(NeoDatabase(path: "\(folder)/neo.db")))
        switch environment[TestProgram.role] {
        case "spend":
            _ = try await BudgetTests.spend(64, by: fixture)
        case "hang-embedding":
            let id = ContentHash(of: TestProgram.study).hex
            try await fixture.ledger.setBudget(ofSearch: id, named: "search", to: 5)
            let text = String(repeating: "x", count: 400)
            let meter = EndpointMeterTests.meter(fixture.ledger, price: 10_000)
            try await CallScope.$current.withValue(CallScope(search: id, budgets: ["search"])) {
                try await MeasuredTrial.$number.withValue(4) {
                    _ = try await meter.measured([text]) { Counted(1, tokens: 100) }
                    _ = try await meter.measured([text]) { () async throws -> Counted<Int> in
                        try writeTestFile("", to: "\(folder)/asked")
                        for await _ in AsyncStream<Void>.makeStream().stream {}
                        throw CancellationError()
                    }
                }
            }
        default:
            let hanging = FakeModel { _, _ in
                try writeTestFile("", to: "\(folder)/asked")
                for await _ in AsyncStream<Void>.makeStream().stream {}
                throw CancellationError()
            }
            _ = try await fixture.metered(hanging).respond(to: MeteredLanguageModelTests.question)
        }
    }
}
