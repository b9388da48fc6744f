import AutoML
import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import Engineer

@Suite struct WarmStartTests {
    private static let space = try? SearchSpace([
        Parameter("retriever", .categorical(["bm25", "dense"])), Parameter("k", .categorical([1, 2, 3, 4])),
    ])

    private func configuration(_ retriever: String, _ k: Int) -> Configuration {
        Configuration(["retriever": .string(retriever), "k": .integer(k)])
    }

    /// A record of a search in which one value of `k` was right.
    private func record(
        _ name: String, documents: Double, best: Int, corpus: String? = nil, metric: String = "evidence_recall",
        extra: [KnowledgeRecord.Trial] = []
    ) throws -> KnowledgeRecord {
        let trials = [("bm25", 1), ("bm25", 2), ("bm25", 3), ("bm25", 4), ("dense", best)].enumerated().map {
            number, row in
            KnowledgeRecord.Trial(
                number: number, origin: "greedy", state: "complete", configuration: configuration(row.0, row.1),
                metrics: [metric: row.0 == "dense" ? 0.8 : row.1 == best ? 0.9 : 0.4], questions: 50)
        }
        let study: JSONValue = [
            "format": "neo.knowledge/1", "kind": "study", "id": .string(name), "project": .string(name),
            "corpus": .string(corpus ?? name), "day": "2026-11-22", "neo": "0", "constraints": [],
            "features": ["language": "en", "values": ["documents": .number(documents)]],
            "objective": ["metric": .string(metric), "direction": "maximize"], "sampler": "greedy", "isRacing": false,
            "questions": 50, "baseline": 0, "winner": .integer(best - 1),
            "verdict": [
                "kind": "search", "questions": 50, "winner": Self.none, "baseline": Self.none, "difference": Self.none,
            ],
        ]
        let lines = try ([study] + (trials + extra).map { try JSONValue(encoding: $0) })
            .map { $0.canonicalText + "\n" }.joined()
        return try #require(try KnowledgeRecord(lines: lines, id: name))
    }

    private static let none: JSONValue = ["value": 0, "lower": 0, "upper": 0]

    private func target(documents: Double, _ space: SearchSpace) -> WarmStart.Target {
        WarmStart.Target(
            features: KnowledgeFeatures(language: "en", values: ["documents": documents]),
            objective: Objective("evidence_recall"), tried: [space.default],
            fit: { (try? space.validate($0)) == nil ? nil : space.normalised($0) })
    }

    @Test func `what did well in the nearest project comes first, then what helps the others`() throws {
        let space = try #require(Self.space)
        let records = try [
            record("aaaaaaaaaaaa", documents: 10, best: 2), record("bbbbbbbbbbbb", documents: 100_000, best: 3),
        ]
        let small = WarmStart().choose(records, for: target(documents: 12, space))
        #expect(small.map(\.configuration) == [configuration("bm25", 2), configuration("bm25", 3)])
        #expect(small.map(\.record) == ["aaaaaaaaaaaa", "bbbbbbbbbbbb"])
        let large = WarmStart().choose(records.reversed(), for: target(documents: 90_000, space))
        #expect(large.map(\.configuration) == [configuration("bm25", 3), configuration("bm25", 2)])
        #expect(WarmStart().choose([], for: target(documents: 1, space)).isEmpty)
    }

    @Test func `many searches of the same documents do not outvote another project`() throws {
        let space = try #require(Self.space)
        let many = try (0..<6).map { try record("cccccccccc0\($0)", documents: 1_000, best: 2, corpus: "one") }
        let other = try record("dddddddddddd", documents: 10, best: 4)
        let chosen = WarmStart().choose(many + [other], for: target(documents: 10, space))
        #expect(chosen.first?.configuration == configuration("bm25", 4))
    }

    @Test func `only configurations of the space are chosen, none that failed nearby, and never more than five`() throws
    {
        let narrow = try SearchSpace([
            Parameter("retriever", .categorical(["bm25"])), Parameter("k", .categorical([1, 4])),
        ])
        let failing = KnowledgeRecord.Trial(
            number: 9, origin: "greedy", state: "failed", configuration: configuration("bm25", 4), metrics: [:],
            questions: 0)
        let good = try record("aaaaaaaaaaaa", documents: 10, best: 4)
        #expect(
            WarmStart().choose([good], for: target(documents: 10, try #require(Self.space))).map(\.configuration)
                == [configuration("bm25", 4)])
        // In the narrow space two configurations are left of it: too few to tell anything.
        #expect(WarmStart().choose([good], for: target(documents: 10, narrow)).isEmpty)
        let past = try #require(
            PastStudy(
                try record("bbbbbbbbbbbb", documents: 10, best: 2, extra: [failing]), metric: good.objective,
                fit: { $0 == self.configuration("bm25", 4) ? nil : $0 }))
        #expect(past.regret(configuration("bm25", 2)) == 0)
        #expect(past.regrets[configuration("bm25", 4)] == nil)
        let wide = try SearchSpace([
            Parameter("retriever", .categorical(["bm25", "dense"])), Parameter("k", .integer(1...40, step: 1)),
        ])
        let records = try (5..<25).map { number in
            let best = KnowledgeRecord.Trial(
                number: 7, origin: "greedy", state: "complete", configuration: configuration("bm25", number),
                metrics: ["evidence_recall": 1], questions: 50)
            return try record("eeeeeeeeee\(10 + number)", documents: 10, best: 2, extra: [best])
        }
        #expect(WarmStart().choose(records, for: target(documents: 10, wide)).count <= WarmStart.limit)
    }

    @Test func `a strategy is kept only where the replay says that it helps, and forgetting takes it along`()
        async throws
    {
        try await withTemporaryDirectory { folder in
            let base = KnowledgeBase(folder: folder + "/learnt")
            let few = await #expect(throws: EngineerError.self) {
                try await KnowledgeLearning.run(base, at: Date(), diagnostics: DiagnosticCollector())
            }
            #expect(few?.message.contains("has searches of 0 sets") == true)
            let records = try (0..<4).map { try record("aaaaaaaaaa0\($0)", documents: 10, best: 3) }
            for record in records { try base.write(record) }
            #expect(base.records() == records)
            let outcome = try await KnowledgeLearning.run(base, at: Date(), diagnostics: DiagnosticCollector())
            let replay = try #require(outcome.strategy.replay)
            #expect(replay.corpora == 4 && replay.studies == 4 && outcome.strategy.version == 1)
            // The portfolio has the right value of k already, so the other parameter is varied first.
            #expect(outcome.strategy.order == ["retriever", "k"])
            #expect(outcome.strategy.portfolio.first == configuration("bm25", 3))
            // All five configurations are seen in ten trials, so nothing is better than anything.
            #expect(replay.after == 0 && !outcome.isKept && base.strategy() == nil)
            try base.use(1)
            #expect(base.strategy()?.version == 1)
            #expect(throws: EngineerError.self) { try base.use(7) }
            let gone = try base.forget([records[0]])
            #expect(gone.records == 1 && gone.strategies == [1])
            #expect(base.strategy() == nil && base.records().count == 3)
        }
    }
}
