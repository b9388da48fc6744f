import AutoML
import Base
import Testing

@testable import Engineer

@Suite struct SearchSeedsTests {
    private static let yaml = """
        search: {sampler: greedy, trials: 6, baselines: false, seeds: [ours.yaml]}
        space: {retriever: [bm25, dense], chunker: structure, chunk.size: [128, 64], bm25.k1: [1.2, 0.9, 1.8], 
          bm25.b: 0.75, bm25.stemming: true, bm25.stop_words: [true, false]}
        """
    private static let seed =
        "retriever: bm25\nchunk.size: 64\nbm25.k1: 1.8\nbm25.stop_words: false\nchunker: structure\n"

    private func options() -> SearchOptions {
        var options = SearchOptions()
        options.finalists.requests = 0
        return options
    }

    @Test func `Seeds follow the default, are named, and what they leave out has its default`() async throws {
        try await ServedProject.with(yaml: Self.yaml) { project in
            try project.write("ours.yaml", Self.seed)
            var options = options()
            try project.write("other.yaml", "retriever: dense\nchunk.size: 128\nencoder: e\nreranker: none\n")
            options.seeds = [project.folder + "/other.yaml"]
            let results = try await project.search(options: options)
            #expect(
                results.trials.map(\.origin).prefix(4) == [
                    "default", "seed ours.yaml", "seed \(project.folder)/other.yaml", "greedy",
                ])
            #expect(results.trials[1].configuration["bm25.k1"] == 1.8)
            #expect(results.trials[1].configuration["bm25.b"] == 0.75)
            #expect(results.trials[2].configuration["retriever"] == "dense")
            let report = MarkdownReport.render(results)
            #expect(report.contains("given as seeds: trial 1 (ours.yaml), trial 2 ("))
            // The same search goes on; another list of seeds is another search, and a trial of this one can be one.
            #expect(try await project.search(options: options).study == results.study)
            options.seeds = ["trial:1", "winner"]
            let again = try await project.search(options: options)
            #expect(again.study != results.study)
            // Trial 1 is the seed of neo.yaml already.
            #expect(again.trials[1].origin == "seed ours.yaml")
        }
    }

    @Test(arguments: [
        ("retriever: bm25\nbm25.k1: 1.5\n", "`bm25.k1` is 1.5, and must be"),
        ("retriever: dense\nencoder: mine\n", "`encoder`"), ("reranker: mmr\n", "`reranker`"),
    ])
    func `A seed outside the space is passed over, and the warning names the parameter`(
        seed: String, words: String
    ) async throws {
        try await ServedProject.with(yaml: Self.yaml) { project in
            try project.write("ours.yaml", seed)
            let results = try await project.search(options: options())
            #expect(results.trials.allSatisfy { !$0.origin.hasPrefix("seed") })
            let warning = results.diagnostics.map(\.text).first { $0.contains("The seed ") }
            #expect(warning?.contains(words) == true, "\(warning ?? "")")
        }
    }

    @Test func `A seed that cannot be read, or that moves, is refused`() async throws {
        try await ServedProject.with(yaml: Self.yaml) { project in
            await #expect(throws: EngineerError.self) { _ = try await project.search(options: options()) }
            try project.write("ours.yaml", "retriver: bm25\n")
            let error = await #expect(throws: EngineerError.self) { _ = try await project.search(options: options()) }
            #expect(error?.message.contains("Did you mean \"retriever\"?") == true)
        }
        let moving = #expect(throws: EngineerError.self) {
            try ProjectFile(
                yaml: "documents: [a.md]\nsearch: {seeds: [\"trial:3\"]}", file: "neo.yaml", folderName: "p")
        }
        #expect(moving?.message.contains("--seed-from trial:3") == true)
    }
}
