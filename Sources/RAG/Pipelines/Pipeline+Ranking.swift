internal import Retrieval

extension Pipeline {
    /// The best chunks for a question, best first, after transform, fusion and reranking.
    ///
    /// - Parameters:
    ///   - question: the question as it was asked.
    ///   - vector: the question's vector; needed where the pipeline retrieves by vectors.
    ///   - limit: how many chunks at least, if there are as many.
    ///   - allowed: by chunk position, whether it may be found; all may, where nil. Applied before ranking.
    func rank(
        _ question: String, vector: ArraySlice<Float>, limit: Int, allowed: [Bool]?
    ) async throws -> [Hit] {
        let depth = max(self.depth, limit)
        guard let transform = stages.transform else {
            return try await rerank(candidates(question, vector: vector, depth: depth, allowed: allowed), question)
        }
        let queries = try await transform.queries(for: question)
        var vectors: Matrix?
        if configuration.retrievesByVectors { vectors = try await stages.passages?.encodeQueries(queries) }
        let lists = try queries.enumerated().map { number, query in
            try candidates(query, vector: vectors?[row: number] ?? [], depth: depth, allowed: allowed)
        }
        // A question that is searched with in several forms: what most of them find early comes first.
        let fused = lists.count == 1 ? lists[0] : reciprocalRankFusion(lists, limit: depth)
        return try await rerank(fused, question)
    }

    private func candidates(
        _ query: String, vector: ArraySlice<Float>, depth: Int, allowed: [Bool]?
    ) throws -> [Hit] {
        let lexicalHits = lexical.map { $0.index.search($0.analyzer.terms(of: query), limit: depth, allowed: allowed) }
        guard configuration.retrievesByVectors else { return lexicalHits ?? [] }
        let denseHits = try dense?.search(Array(vector), limit: depth, allowed: allowed) ?? []
        guard case .hybrid(_, let fusion, let denseWeight) = configuration.retrieval, let lexicalHits else {
            return denseHits
        }
        let lists = [lexicalHits, denseHits]
        let weights = [1 - denseWeight, denseWeight]
        switch fusion {
        case .reciprocalRank(let k): return reciprocalRankFusion(lists, k: k, weights: weights, limit: depth)
        case .convex(let normalisation):
            return convexCombination(lists, weights: weights, normalisation: normalisation, limit: depth)
        }
    }

    private func rerank(_ hits: [Hit], _ question: String) async throws -> [Hit] {
        switch configuration.reranker {
        case .none: return hits
        case .diversity(let lambda, let depth):
            guard let dense else { return hits }
            let head = maximalMarginalRelevance(Array(hits.prefix(depth)), lambda: lambda) {
                dense.product(ofRow: $0, withRow: $1)
            }
            return Reranking.replacingHead(of: hits, with: head)
        case .pairScorer(let depth, _):
            guard let scorer = stages.scorer else { return hits }
            return try await Reranking.reranked(hits, query: question, depth: depth, scorer: scorer) { position in
                text(of: position)
            }
        }
    }

    /// What a reranker reads of a chunk: what was indexed of it.
    private func text(of position: Int) -> String {
        let chunk = chunkSet.chunks[position]
        guard configuration.contextualHeader else { return chunk.text }
        return ContextualHeader.indexText(of: chunk, title: corpus.documents[chunkSet.documents[position]].title)
    }
}
