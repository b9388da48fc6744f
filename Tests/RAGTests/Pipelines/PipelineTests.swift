import AutoML
import Base
import Retrieval
import Testing

@testable import RAG

@Suite struct PipelineTests {
    @Test func `a hit comes alone unless something widens it`() async throws {
        #expect(try await PipelineFixture.texts("black tea", [:], limit: 1) == ["Black tea wants four minutes."])
    }

    @Test func `neighbours come with their hit, as one piece where they touch`() async throws {
        let values: [String: JSONValue] = ["context.neighbours": 1]
        let one = try await PipelineFixture.texts("black", values, limit: 1)
        #expect(
            one == ["Green tea wants two minutes.\n\nBlack tea wants four minutes.\n\nAny tea wants soft water."])
        let several = try await PipelineFixture.texts("green enjoy", values)
        #expect(several.count == 1 && several[0].hasPrefix("Green") && several[0].hasSuffix("friends."))
    }

    @Test func `parents are returned instead of the chunks in them, each once`() async throws {
        let found = try await PipelineFixture.texts("tea water", ["chunk.parent": 100])
        #expect(found.count == 3)
        #expect(found[0].hasPrefix("Green tea") && found[0].hasSuffix("friends."))
    }

    @Test func `overlapping hits are joined, and those that say nothing new are left out`() async throws {
        let windows: [String: JSONValue] = ["chunker": "tokens", "chunk.size": 12, "chunk.overlap": 10]
        let pipeline = try await PipelineFixture.library().pipeline(
            PipelineConfiguration(
                PipelineFixture.configuration(windows.merging(["context.deduplicate": true]) { $1 })))
        let passages = try await pipeline.passages("tea minutes", vector: [], limit: 10)
        for (position, passage) in passages.enumerated() {
            for earlier in passages[..<position] where earlier.chunk.document == passage.chunk.document {
                let common = earlier.chunk.range.clamped(to: passage.chunk.range).count
                #expect(2 * common <= passage.chunk.range.count)
            }
        }
        let plain = try await PipelineFixture.texts("tea minutes", windows, limit: 10)
        #expect(passages.count < plain.count)
        #expect(pipeline.merged(passages).count <= passages.count)
    }

    @Test func `a budget ends the list, but leaves the first passage`() async throws {
        #expect(try await PipelineFixture.texts("tea wants minutes", ["context.budget": 12]).count == 2)
        #expect(try await PipelineFixture.texts("tea wants minutes", ["context.budget": 1]).count == 1)
    }

    @Test func `weight of the title finds by it what the text does not say`() async throws {
        let found = try await PipelineFixture.texts("coffee flame", ["bm25.title_weight": 2], limit: 1)
        #expect(found == ["A moka pot wants a low flame."])
        #expect(try await PipelineFixture.texts("coffee", ["bm25.title_weight": 2], limit: 9).count == 3)
        #expect(try await PipelineFixture.texts("coffee", [:], limit: 9).count == 2)
    }

    @Test(arguments: ["min-max", "z-score"])
    func `scores of both halves can be added`(normalisation: String) async throws {
        let values: [String: JSONValue] = [
            "retriever": "hybrid", "fusion": "convex", "fusion.normalisation": .string(normalisation),
            "fusion.dense_weight": 0.5,
        ]
        #expect(try await PipelineFixture.texts("black tea", values, limit: 1) == ["Black tea wants four minutes."])
    }

    @Test func `variety sends a repetition down, also where nothing else needs vectors`() async throws {
        let values: [String: JSONValue] = ["reranker": "mmr", "reranker.lambda": 0.3]
        let found = try await PipelineFixture.texts("tea water", values, limit: 3)
        #expect(found[0] == "Any tea wants soft water.")
        #expect(found.contains { $0.contains("ater") && !$0.contains("tea") })
        let plain = try await PipelineFixture.library().pipeline(
            PipelineConfiguration(PipelineFixture.configuration([:])))
        #expect(plain.dense == nil)
    }

    @Test func `chunks of one subject are cut with the encoder, and refused without one`() async throws {
        let values: [String: JSONValue] = ["chunker": "semantic", "chunk.size": 40, "semantic.percentile": 40]
        #expect(try await PipelineFixture.texts("moka", values, limit: 1).count == 1)
        let error = await #expect(throws: RAGError.self) {
            try await PipelineFixture.texts("moka", values, library: PipelineFixture.library(hasEncoder: false))
        }
        #expect(error?.code == .encoderMissing)
    }

    private struct Shortest: PairScorer {
        let identity = "shortest"

        func scores(of passages: [String], for query: String) async throws -> [Float] {
            passages.map { -Float($0.utf8.count) }
        }
    }

    @Test func `a scorer decides over the first hits, and is asked for where there is none`() async throws {
        let values: [String: JSONValue] = ["reranker": "cross-encoder", "reranker.depth": 50]
        let found = try await PipelineFixture.texts(
            "wants water minutes coffee", values, library: PipelineFixture.library(scorer: Shortest()))
        #expect(found[0] == "Coffee likes water.")
        let error = await #expect(throws: RAGError.self) { try await PipelineFixture.texts("tea", values) }
        #expect(error?.message.contains("reranker: none") == true)
    }

    private struct Script: QueryTransform {
        let identity = "script"
        let queries: [String]

        func queries(for question: String) async throws -> [String] { queries }
    }

    @Test(arguments: ["bm25", "dense", "hybrid"])
    func `several queries are searched with, and what most of them find comes first`(retriever: String) async throws {
        let library = PipelineFixture.library(transforms: [
            "multi": Script(queries: ["soft water", "tea water", "any tea"])
        ])
        let values: [String: JSONValue] = ["query.transform": "multi", "retriever": .string(retriever)]
        let found = try await PipelineFixture.texts("nothing of this", values, library: library)
        #expect(found.first == "Any tea wants soft water.")
        #expect(found.count == 3)
        let error = await #expect(throws: RAGError.self) { try await PipelineFixture.texts("tea", values) }
        #expect(error?.message.contains("query.transform") == true)
    }

    @Test func `a configuration without the newer parameters means what it always meant`() throws {
        let old = try PipelineConfiguration(
            Configuration([
                "chunker": "tokens", "chunk.size": 64, "chunk.overlap": 8, "retriever": "hybrid", "fusion.k": 10,
            ]))
        #expect(old.reranker == .none && old.parentTokens == 0 && old.queryTransform == "none")
        #expect(old.context == .init(neighbours: 0, deduplicates: false, budget: 0))
        guard case .hybrid(let lexical, .reciprocalRank(let k), let weight) = old.retrieval else {
            Issue.record("\(old.retrieval)")
            return
        }
        #expect(lexical.titleWeight == 0 && k == 10 && weight == 0.5)
    }
}
