import AutoML
import Base
import Testing

@testable import Engineer

@Suite struct ConfigurationWordsTests {
    private let configuration = Configuration([
        "chunker": "sentences", "chunk.size": 64, "chunk.sentence_overlap": 1, "chunk.parent": 256,
        "chunk.header": true, "query.transform": "multi-query", "retriever": "hybrid", "bm25.k1": 1.2,
        "bm25.title_weight": 2, "bm25.variant": "bm25+", "fusion": "convex", "fusion.normalisation": "z-score",
        "fusion.dense_weight": 0.5,
        "reranker": "mmr", "reranker.depth": 50, "reranker.lambda": 0.7, "context.neighbours": 1,
        "context.deduplicate": true, "context.budget": 2000,
    ])

    @Test func `the report says all of a configuration in words`() {
        #expect(
            ConfigurationSentence.text(configuration) == """
                windows of whole sentences of up to 64 tokens that share 1 sentence, returned as passages of about 256 \
                tokens around them, with their headings, questions put through multi-query, found by BM25 (k1 1.2, \
                title and headings as a field of weight 2, variant bm25+) and dense vectors, fused by a weighted sum of their scores \
                (z-score, weight of the vectors 0.5), reranked by maximal marginal relevance (the first 50, λ 0.7), \
                widened by 1 chunk to either side, without repetition, in at most 2000 tokens
                """)
    }

    @Test func `what is off is not mentioned`() {
        let text = ConfigurationSentence.text(
            Configuration([
                "chunker": "structure", "chunk.size": 256, "chunk.parent": 0, "retriever": "bm25",
                "bm25.title_weight": 0, "reranker": "none", "query.transform": "none", "context.neighbours": 0,
                "context.deduplicate": false, "context.budget": 0,
            ]))
        #expect(text == "structure chunks of up to 256 tokens, found by BM25")
    }

    @Test func `the line of the terminal names every value once`() {
        let line = ConfigurationWords.short(configuration)
        #expect(line.hasPrefix("sentences 64 tokens sentence_overlap=1 parent=256 header=true hybrid "))
        #expect(line.contains("fusion=convex") && line.contains("reranker=mmr") && line.contains("budget=2000"))
    }
}
