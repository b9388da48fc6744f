import Retrieval
import Testing

@Suite struct RerankingTests {
    private let hits = [(4, 0.9), (2, 0.8), (7, 0.5), (1, 0.1)].map { Hit(chunk: $0.0, score: Float($0.1)) }

    /// 4 and 2 say the same; the others say something of their own.
    private func cosine(_ left: Int, _ right: Int) -> Float {
        Set([left, right]) == [4, 2] ? 0.95 : 0.1
    }

    @Test func `maximal marginal relevance keeps the order with λ = 1 and sends repetition down below it`() {
        let asIs = maximalMarginalRelevance(hits, lambda: 1, cosine: cosine)
        #expect(asIs.map(\.chunk) == [4, 2, 7, 1])
        let varied = maximalMarginalRelevance(hits, lambda: 0.4, cosine: cosine)
        #expect(varied.map(\.chunk) == [4, 7, 1, 2])
        #expect(zip(varied, varied.dropFirst()).allSatisfy { $0.score >= $1.score })
    }

    @Test func `a value is λ · relevance − (1 − λ) · likeness`() {
        let scores = maximalMarginalRelevance(hits, lambda: 0.7, cosine: cosine).map(\.score)
        // Relevance is stretched to 1, 0.875, 0.5, 0; the second is 4's double: 0.7 · 0.875 − 0.3 · 0.95 = 0.3275.
        let expected: [Float] = [0.7, 0.3275, 0.7 * 0.5 - 0.3 * 0.1, -0.3 * 0.1]
        for (score, value) in zip(scores, expected) { #expect(abs(score - value) < 1e-5) }
        #expect(maximalMarginalRelevance([], lambda: 0.5, cosine: cosine).isEmpty)
    }

    private struct Scripted: PairScorer {
        let identity = "scripted"
        let values: [String: Float]

        func scores(of passages: [String], for query: String) async throws -> [Float] {
            passages.compactMap { values["\(query):\($0)"] }
        }
    }

    @Test func `a scorer orders the first hits, the others follow with lower scores`() async throws {
        let scorer = Scripted(values: ["q:t4": -3, "q:t2": 5, "q:t7": 0])
        let ranked = try await Reranking.reranked(hits, query: "q", depth: 3, scorer: scorer) { "t\($0)" }
        #expect(ranked.map(\.chunk) == [2, 7, 4, 1])
        #expect(ranked.map(\.score) == [5, 0, -3, -4])
        #expect(try await Reranking.reranked([], query: "q", depth: 3, scorer: scorer) { "t\($0)" }.isEmpty)
    }

    @Test(arguments: [["q:t4": Float(1)], ["q:t4": 1, "q:t2": .nan]])
    func `a scorer that does not answer with a number a passage is named`(values: [String: Float]) async {
        let error = await #expect(throws: RetrievalError.self) {
            try await Reranking.reranked(hits, query: "q", depth: 2, scorer: Scripted(values: values)) { "t\($0)" }
        }
        #expect(error?.code == .invalidScores && error?.message.contains("scripted") == true)
    }
}
