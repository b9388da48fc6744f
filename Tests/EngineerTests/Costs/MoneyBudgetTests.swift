import AutoML
import Base
import LanguageModelClients
import LanguageModels
import Storage
import Synchronization
import Testing

@testable import Engineer

@Suite struct MoneyBudgetTests {
    private static let yaml = """
        search: {sampler: grid, trials: 20, baselines: false}
        space: {retriever: [dense, bm25], reranker: [none, cross-encoder], reranker.depth: [1, 2, 3], chunker: structure,
          chunk.size: 128, bm25.stemming: true, bm25.stop_words: true, bm25.k1: 1.2, bm25.b: 0.75}
        """

    private final class Notes: Sendable {
        private let notes = Mutex<[String]>([])
        var all: String { notes.withLock { $0.joined(separator: "\n") } }

        func hear(_ event: SearchEvent) {
            if case .note(let text) = event { notes.withLock { $0.append(text) } }
        }
    }

    @Test func `A search stops at its limit of money, says so, and goes on with a larger one`() async throws {
        try await ServedProject.with(yaml: Self.yaml) { project in
            var options = SearchOptions()
            options.finalists.requests = 0
            let whole = try await project.search(options: options)
            #expect(whole.trials.count == 8)
            let all = try #require(whole.spending?.dollars)
            try project.remove(".neo")
            options.maxCost = all / 2
            let (meter, notes) = (ServedProject.Meter(), Notes())
            let half = try await project.search(meter, options: options, onEvent: notes.hear)
            #expect(half.trials.count < 8 && half.trials.count > 1)
            #expect(notes.all.contains("Stopped: $"), "\(notes.all)")
            // What was spent is known when the search is run again: nothing more is begun.
            let again = try await project.search(options: options)
            #expect(again.trials.count == half.trials.count)
            #expect((again.spending?.dollarsBefore ?? 0) > 0)
            options.maxCost = 2 * all
            let more = try await project.search(options: options)
            #expect(more.trials == whole.trials)
        }
    }

    @Test func `The ledger has every call with its search, study, trial and role, and the report its figure`()
        async throws
    {
        try await ServedProject.with(yaml: Self.yaml) { project in
            let first = try await project.search()
            let ledger = try await project.ledger()
            let calls = try await ledger.calls()
            #expect(Set(calls.map(\.purpose.role)) == ["embedding", "reranker"])
            // One request, for the length of the vectors, comes before the study is known.
            #expect(calls.count { $0.purpose.search == nil } <= 1)
            let own = calls.filter { $0.purpose.search != nil }
            #expect(own.allSatisfy { $0.purpose.search == $0.purpose.study })
            #expect(own.allSatisfy { $0.purpose.search?.hasPrefix(first.study) == true })
            #expect(Set(calls.compactMap(\.purpose.trial)).count > 2)
            // Finalists are measured outside of trials.
            #expect(calls.contains { $0.purpose.trial == nil })
            let spending = try #require(first.spending)
            let sum = try await ledger.totals(by: .search, since: nil)
            #expect(sum.count == 1 && abs(sum[0].dollars - (spending.dollars ?? 0)) < 1e-12)
            let again = try #require(try await project.search().spending)
            let both = try await ledger.totals(by: .project, since: nil)
            #expect(abs(both[0].dollars - (again.dollars ?? 0) - again.dollarsBefore) < 1e-12)
            #expect(abs(again.dollarsBefore - (spending.dollars ?? 0)) < 1e-12)
        }
    }

    @Test func `A search that breaks off anywhere has spent what its calls cost, and goes on within its budget`()
        async throws
    {
        try await ServedProject.with(yaml: Self.yaml) { project in
            let whole = try await project.search()
            let all = try #require(whole.spending?.dollars)
            for requests in [1, 4] {
                try project.remove(".neo")
                let meter = ServedProject.Meter(breaksAfter: requests)
                let search = Task { try await project.search(meter) }
                for await _ in meter.breaking.stream {
                    search.cancel()
                    break
                }
                _ = await search.result
                let spent = try await project.ledger().calls()
                #expect(spent.count == requests + 1)
                var options = SearchOptions()
                options.maxCost = 3 * all
                let rest = try await project.search(options: options)
                #expect(rest.trials == whole.trials)
                let paid = spent.reduce(0) { $0 + ($1.dollars ?? 0) }
                #expect(abs((rest.spending?.dollarsBefore ?? 0) - paid) < 1e-12)
            }
        }
    }

    @Test func `A budget that does not hold the first trial says what it needs, and keeps what was done`() async throws
    {
        try await ServedProject.with(yaml: Self.yaml) { project in
            var options = SearchOptions()
            options.maxCost = 0.0000001
            let error = await #expect(throws: BudgetShortage.self) { _ = try await project.search(options: options) }
            #expect(error?.message.contains("Raise it to at least") == true)
            options.maxCost = nil
            let whole = try await project.search(options: options)
            #expect(whole.trials.count == 8)
        }
    }

    @Test func `Latency is not measured where its requests would cost more than is left`() async throws {
        try await ServedProject.with(yaml: Self.yaml) { project in
            var options = SearchOptions()
            options.maxCost = 0.05
            options.finalists.requests = 10_000
            let notes = Notes()
            let results = try await project.search(options: options, onEvent: notes.hear)
            #expect(results.finalists == nil)
            #expect(notes.all.contains("No latency is measured: measuring latency may cost $"))
        }
        try await ServedProject.with(yaml: Self.yaml + "\nconstraints: [\"p95_latency <= 1 s\"]") { project in
            var options = SearchOptions()
            options.maxCost = 0.05
            options.finalists.requests = 10_000
            let error = await #expect(throws: EngineerError.self) { _ = try await project.search(options: options) }
            #expect(error?.message.contains("All trials are kept") == true)
        }
    }

    @Test func `Where nothing has a price, a limit of money says that it counts nothing`() async throws {
        try await ServedProject.with(price: nil, yaml: Self.yaml) { project in
            var options = SearchOptions()
            options.maxCost = 0.000001
            let notes = Notes()
            let results = try await project.search(options: options, onEvent: notes.hear)
            #expect(results.trials.count == 8)
            #expect(notes.all.contains("counts nothing: no `price` in neo.yaml says what e, r costs."))
        }
    }

    @Test func `The limit stands in neo.yaml too`() throws {
        func file(_ yaml: String) throws -> ProjectFile {
            try ProjectFile(yaml: "documents: [a.md]\n" + yaml, file: "neo.yaml", folderName: "p")
        }
        #expect(try file("search: {max_cost: 2.50}").maxCost == 2.5)
        let error = #expect(throws: EngineerError.self) { try file("search:\n  max_cost: -1") }
        #expect(error?.message == "neo.yaml:3: `max_cost` must be dollars, more than 0, such as 2.50.")
    }
}
