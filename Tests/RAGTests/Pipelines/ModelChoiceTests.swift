import AutoML
import Base
import Retrieval
import Testing

@testable import RAG

/// A configuration that names one of several models is computed with that one, questions included.
@Suite struct ModelChoiceTests {
    /// Takes tea for coffee, and the other way round: finds what nobody asked for, if questions were not encoded by it.
    private struct Swapping: TextEncoder {
        let identity = "swapping"
        let dimension = 4

        func encode(_ texts: [String]) async throws -> Matrix {
            let words = try await PipelineFixture.WordEncoder().encode(texts)
            let swapped = (0..<words.rows).flatMap { row -> [Float] in
                let vector = Array(words[row: row])
                return [vector[1], vector[0], vector[2], vector[3]]
            }
            return Matrix(columns: 4, values: swapped)
        }

        /// Questions are not swapped.
        func encodeQueries(_ texts: [String]) async throws -> Matrix {
            try await PipelineFixture.WordEncoder().encode(texts)
        }
    }

    private struct Longest: PairScorer {
        let identity: String
        let sign: Float

        func scores(of passages: [String], for query: String) async throws -> [Float] {
            passages.map { sign * Float($0.utf8.count) }
        }
    }

    private static let library = IndexLibrary(
        corpus: PipelineFixture.corpus, counter: WordTokenCounter(),
        encoders: NamedModels(["words", "swapping"]) { name in
            PassageEncoder(
                encoder: name == "words" ? PipelineFixture.WordEncoder() as any TextEncoder : Swapping(), cache: nil)
        },
        scorers: NamedModels(["longest", "shortest"]) { name in
            Longest(identity: name, sign: name == "longest" ? 1 : -1)
        }
    )

    private func first(_ values: [String: JSONValue]) async throws -> String? {
        try await PipelineFixture.texts("tea", values, library: Self.library).first
    }

    @Test func `Passages are encoded by the encoder that is named, by the first where none is`() async throws {
        #expect(try await first(["retriever": "dense"])?.contains("tea") == true)
        #expect(try await first(["retriever": "dense", "encoder": "words"])?.contains("tea") == true)
        #expect(try await first(["retriever": "dense", "encoder": "swapping"])?.contains("Coffee") == true)
        await #expect(throws: RAGError.self) { try await first(["retriever": "dense", "encoder": "none"]) }
    }

    @Test func `Questions are encoded by the same encoder as their passages`() async throws {
        let passage = PipelineFixture.corpus.documents.first { $0.id.rawValue == "coffee.md" }
        let document = try #require(passage)
        let item = EvaluationItem(
            id: "q", question: "tea",
            evidence: [[EvidenceSpan(document: document.id, range: 0..<"Coffee wants a fine grind.".utf8.count)]],
            relevance: [:])
        let evaluator = RAGEvaluator(library: Self.library, items: [item])
        func score(_ encoder: JSONValue) async throws -> Double? {
            let configuration = PipelineFixture.configuration(["retriever": "dense", "encoder": encoder])
            return try await evaluator.measure(configuration, on: ["q"]).first?.metrics["evidence_mrr"]
        }
        let (words, swapping) = (try await score("words") ?? 1, try await score("swapping") ?? 0)
        #expect(swapping == 1)
        #expect(words < 1)
    }

    @Test func `Hits are reranked by the model that is named`() async throws {
        let cross: [String: JSONValue] = ["reranker": "cross-encoder"]
        let longest = try await first(cross.merging(["reranker.model": "longest"]) { $1 })
        let shortest = try await first(cross.merging(["reranker.model": "shortest"]) { $1 })
        #expect(try await first(cross) == longest)
        #expect((longest?.utf8.count ?? 0) > (shortest?.utf8.count ?? 1000))
    }
}
