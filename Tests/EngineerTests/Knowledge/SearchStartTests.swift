import AutoML
import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import Engineer

@Suite struct SearchStartTests {
    private static let yaml = """
        search: {sampler: greedy, baselines: false}
        space: {retriever: bm25, chunker: structure, chunk.size: [16, 128, 64], bm25.k1: [1.2, 0.9, 1.8],
          bm25.b: [0.75, 0.4], bm25.stemming: true, bm25.stop_words: [true, false]}
        """

    /// A search of another project whose record says that one configuration is far better than all others.
    private func teach(_ base: KnowledgeBase, id: String, _ values: [String: JSONValue]) throws {
        let standard: [String: JSONValue] = [
            "chunk.header": true, "chunk.size": 16, "bm25.k1": 1.2, "bm25.b": 0.75, "bm25.stemming": true,
            "bm25.stop_words": true, "bm25.title_weight": 1, "chunker": "structure", "retriever": "bm25",
        ]
        let configurations = [standard, standard.merging(values) { $1 }, standard.merging(["bm25.k1": 0.9]) { $1 }]
        let none: JSONValue = ["value": 0, "lower": 0, "upper": 0]
        let study: JSONValue = [
            "format": "neo.knowledge/1", "kind": "study", "id": .string(id), "project": .string(id),
            "corpus": .string(id), "day": "2026-11-22", "neo": "0", "constraints": [],
            "features": ["language": "en", "values": ["documents": 3]],
            "objective": ["metric": "evidence_recall", "direction": "maximize"], "sampler": "greedy",
            "isRacing": false, "questions": 50, "baseline": 0, "winner": 1,
            "verdict": ["kind": "search", "questions": 50, "winner": none, "baseline": none, "difference": none],
        ]
        let trials = try configurations.enumerated().map { number, values in
            try JSONValue(
                encoding: KnowledgeRecord.Trial(
                    number: number, origin: "greedy", state: "complete", configuration: Configuration(values),
                    metrics: ["evidence_recall": number == 1 ? 0.9 : 0.4], questions: 50))
        }
        let lines = ([study] + trials).map { $0.canonicalText + "\n" }.joined()
        try base.write(try #require(try KnowledgeRecord(lines: lines, id: id)))
    }

    private func options(_ base: KnowledgeBase?, trials: Int = 4) -> SearchOptions {
        var options = SearchOptions()
        options.finalists.requests = 0
        options.knowledge = base
        options.trials = trials
        return options
    }

    @Test func `a search begins with what did well elsewhere, and says so everywhere`() async throws {
        try await ServedProject.with(yaml: Self.yaml) { project in
            let base = KnowledgeBase(folder: project.folder + "/learnt")
            try teach(base, id: "aaaaaaaaaaaa", ["bm25.k1": 1.8, "bm25.b": 0.4])
            let results = try await project.search(options: options(base))
            #expect(results.trials.map(\.origin).prefix(3) == ["default", "knowledge aaaaaaaaaaaa", "greedy"])
            #expect(results.trials[1].configuration["bm25.k1"] == 1.8)
            #expect(results.start?.seeds.map(\.record) == ["aaaaaaaaaaaa"])
            #expect(MarkdownReport.render(results).contains("trial 1 (record aaaaaaaaaaaa)"))
            let manifest = try JSONValue(
                parsing: try Data(contentsOf: URL(filePath: project.folder + "/manifest.json")))
            #expect(manifest["warmStart"]?["seeds"]?.array?.first?["record"] == "aaaaaaaaaaaa")
            // Cold, it is another search; and so it is where neo.yaml says so.
            var cold = options(base)
            cold.isCold = true
            let plain = try await project.search(options: cold)
            #expect(plain.study != results.study && plain.start == nil)
            #expect(!plain.trials.contains { $0.origin.hasPrefix("knowledge") })
            let nowhere = try await project.search(options: cold)
            #expect(nowhere.study == plain.study)
        }
    }

    @Test(arguments: ["search: {warm_start: false, baselines: false}", "knowledge: false"])
    func `neo.yaml can switch it off`(line: String) async throws {
        let yaml =
            line.hasPrefix("search") ? Self.yaml.split(separator: "\n").dropFirst().joined(separator: "\n") : Self.yaml
        try await ServedProject.with(yaml: yaml + "\n" + line) { project in
            let base = KnowledgeBase(folder: project.folder + "/learnt")
            try teach(base, id: "aaaaaaaaaaaa", ["bm25.k1": 1.8])
            let results = try await project.search(options: options(base))
            #expect(results.start == nil)
            #expect(base.records().count == (line.hasPrefix("search") ? 2 : 1))
        }
    }

    @Test func `a search that goes on is the same search, whatever was learnt or forgotten meanwhile`() async throws {
        try await ServedProject.with(yaml: Self.yaml) { project in
            let base = KnowledgeBase(folder: project.folder + "/learnt")
            try teach(base, id: "aaaaaaaaaaaa", ["bm25.k1": 1.8, "bm25.b": 0.4])
            let first = try await project.search(options: options(base, trials: 2))
            try teach(base, id: "bbbbbbbbbbbb", ["chunk.size": 64])
            _ = try base.forget(base.records().filter { $0.id == "aaaaaaaaaaaa" })
            let second = try await project.search(options: options(base, trials: 6))
            #expect(second.study == first.study)
            #expect(second.trials.prefix(2).map(\.configuration) == first.trials.map(\.configuration))
            #expect(second.start == first.start)
            // Also where there is no knowledge at all any more.
            let third = try await project.search(options: options(nil, trials: 6))
            #expect(third.trials == second.trials)
        }
    }

    @Test func `a search that began with nothing goes on with nothing`() async throws {
        try await ServedProject.with(yaml: Self.yaml) { project in
            let base = KnowledgeBase(folder: project.folder + "/learnt")
            let first = try await project.search(options: options(base, trials: 2))
            #expect(first.start == nil)
            try teach(base, id: "bbbbbbbbbbbb", ["chunk.size": 64])
            let second = try await project.search(options: options(base, trials: 4))
            #expect(second.study == first.study && second.start == nil)
            // The question is another one with another seed of chance, and so is the search.
            var other = options(base, trials: 4)
            other.seed = 7
            let third = try await project.search(options: other)
            #expect(third.trials.contains { $0.origin == "knowledge bbbbbbbbbbbb" })
        }
    }
}
