import AutoML
import Base
import Testing

@testable import Engineer

@Suite struct ServingCostTests {
    private static let space = """
        search: {sampler: grid, trials: 20, baselines: false}
        space: {retriever: [bm25, dense], reranker: [none, cross-encoder], chunker: structure, chunk.size: 128,
          bm25.k1: 1.2, bm25.b: 0.75, bm25.stemming: true, bm25.stop_words: true}
        """

    private func json(_ results: SearchResults) throws -> JSONValue {
        var results = results
        results.timings = [:]
        return try JSONValue(encoding: results)
    }

    @Test func `A question costs what the served models read of it, whatever is in the cache`() async throws {
        try await ServedProject.with(yaml: Self.space) { project in
            let results = try await project.search()
            #expect(results.prices == ["e": 2, "r": 2])
            let costs = Dictionary(
                uniqueKeysWithValues: results.trials.map { trial in
                    let names = ["retriever", "reranker"].map { trial.configuration[$0]?.string ?? "" }
                    return (names.joined(separator: " "), trial.costPer1000?.value ?? -1)
                })
            let questions = [
                "How long does green tea steep?", "What grind does a moka pot want?", "What takes lime out of water?",
            ]
            let question = Double(questions.reduce(0) { $0 + $1.utf8.count }) / 3 * 2 / 1000
            #expect(costs["bm25 none"] == 0)
            #expect(abs((costs["dense none"] ?? 0) - question) < 1e-9)
            // Each of three passages is read with the question.
            #expect((costs["dense cross-encoder"] ?? 0) > question + 3 * question)
            #expect(results.spending?.dollars ?? 0 > 0)
            #expect(try await json(project.search()) == json(results))
            // Nothing is known any more, and all is asked again.
            try project.remove(".neo")
            #expect(try await json(project.search()) == json(results))
            // Only the database is gone: the cache answers.
            try project.remove(".neo/neo.db")
            let meter = ServedProject.Meter()
            var options = SearchOptions()
            options.finalists.requests = 0
            #expect(try await json(project.search(meter, options: options)) == json(results))
            // But for finding out where evidence is lost, which puts each question to the winner's service.
            #expect(meter.tokens <= 3 * questions.joined().utf8.count)
        }
    }

    @Test func `Where a server counts no tokens, the project's own are taken`() async throws {
        try await ServedProject.with(yaml: Self.space) { project in
            let results = try await project.search(ServedProject.Meter(countsTokens: false))
            let dense = results.trials.first { $0.configuration["retriever"] == "dense" }
            // Six words and a question mark are six or seven tokens.
            let cost = try #require(dense?.costPer1000?.value)
            #expect((6.0 * 2 / 1000...8.0 * 2 / 1000).contains(cost))
        }
    }

    @Test func `A limit on cost leaves the cheap configurations, one that costs nothing exactly`() async throws {
        try await ServedProject.with(yaml: Self.space + "\nconstraints: [\"cost_per_1000 <= 0.0001\"]") { project in
            let results = try await project.search()
            let winner = try #require(results.trials.first { $0.number == results.winner })
            #expect(winner.configuration["retriever"] == "bm25" && winner.configuration["reranker"] == "none")
            #expect(results.decision?.outcome == .feasible)
            #expect(results.decision?.candidates.last?.findings.first?.measured == "$0")
        }
    }

    @Test func `A limit on cost is refused where a price is missing, and no price is no cost`() async throws {
        try await ServedProject.with(price: nil, yaml: Self.space) { project in
            let results = try await project.search()
            #expect(results.prices == nil && results.trials.allSatisfy { $0.costPer1000 == nil })
            #expect(results.spending?.dollars == nil)
            #expect(MarkdownReport.render(results).contains("What it spent is not known"))
        }
        let yaml = Self.space + "\nconstraints: [\"cost_per_1000 <= 0.5\"]"
        try await ServedProject.with(price: nil, yaml: yaml) { project in
            let error = await #expect(throws: EngineerError.self) { _ = try await project.search() }
            #expect(error?.message.contains("Give it a `price`") == true)
        }
    }

    @Test func `The report has a column of costs, and money may put a configuration on the front`() throws {
        var results = ReportTests.results()
        results.prices = ["e": 2]
        for place in results.trials.indices {
            results.trials[place].costPer1000 = .init(value: 0.03 * Double(place), lower: 0, upper: 1)
        }
        results.timings["seconds"] = 125.0
        results.timings["cost"] = try JSONValue(
            encoding: SearchSpending(
                [ModelUse(model: "m", requests: 3, uncountedRequests: 1, tokens: 500_000, dollars: 1.5)],
                dollarsBefore: 0.5))
        let text = MarkdownReport.render(results)
        #expect(text.contains("\\$ per 1,000 questions"))
        #expect(text.contains("| 0 (local) |") && text.contains("| \\$0.0300 |"))
        #expect(text.contains("It took 2 min 5 s."))
        #expect(text.contains("It spent \\$1.00 on served models, after \\$0.5000 in earlier runs"))
        #expect(text.contains("1 requests came without a count of tokens"))
    }
}
