package import Base

extension ReaderEstimate {
    /// Words that people use who know the field.
    private static let terms: Set<String> = [
        "ablation", "bm25", "bm25f", "bootstrap", "chunk", "chunking", "chunks", "colbert", "cosine", "dense",
        "embedding",
        "embeddings", "encoder", "f1", "faithfulness", "fusion", "groundedness", "hallucination", "hnsw", "hyde", "idf",
        "latency", "lexical", "map", "mrr", "ndcg", "overlap", "p50", "p95", "p99", "pareto", "percentile", "precision",
        "quantization", "recall", "reranker", "reranking", "retriever", "rrf", "sparse", "splade", "throughput",
        "token",
        "tokenizer", "tokens", "topk", "tpe", "variance", "vector", "vectors",
    ]

    /// How people ask what they have not met before.
    private static let questions = [
        "what is", "what are", "what does", "what do", "which means", "explain", "i do not understand",
        "i don't understand",
        "was ist", "was sind", "was bedeutet", "was heißt", "verstehe nicht",
    ]

    /// Notes what a text tells of who wrote it.
    package mutating func note(words text: String) {
        // A long text tells no more than its beginning.
        let text = text.prefix(4_000).lowercased()
        let words = Set(text.split { !$0.isLetter && !$0.isNumber }.map(String.init))
        if words.intersection(Self.terms).count >= 2 { note(.wroteTerms) }
        if Self.questions.contains(where: { text.contains($0) }) { note(.askedMeaning) }
    }

    /// Notes what an answer of the interview tells of who gave it.
    package mutating func note(answer: JSONValue?) {
        guard let answer else { return note(.didNotKnow) }
        if let text = answer.string { note(words: text) }
    }
}
