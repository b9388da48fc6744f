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
        let pool = try await candidatePool(question, vector: vector, limit: limit, allowed: allowed)
        if case .none = configuration.reranker { return pool.fused }
        return try await QuestionTrace.timing(.rerank, within: .retrieve) { try await rerank(pool.fused, question) }
    }

    /// What there is to choose from for a question, before anything is reranked; arguments as of `rank`.
    func candidatePool(
        _ question: String, vector: ArraySlice<Float>, limit: Int, allowed: [Bool]?
    ) async throws -> CandidatePool {
        let depth = max(self.depth, limit)
        guard let transform = stages.transform else {
            return try candidates(question, vector: vector, depth: depth, allowed: allowed)
        }
        let queries = try await transform.queries(for: question)
        var vectors: Matrix?
        if configuration.retrievesByVectors { vectors = try await stages.passages?.encodeQueries(queries) }
        let pools = try queries.enumerated().map { number, query in
            try candidates(query, vector: vectors?[row: number] ?? [], depth: depth, allowed: allowed)
        }
        // A question that is searched with in several forms: what most of them find early comes first.
        let fused = pools.count == 1 ? pools[0].fused : reciprocalRankFusion(pools.map(\.fused), limit: depth)
        return CandidatePool(fused: fused, lists: pools.flatMap(\.lists))
    }

    private func candidates(
        _ query: String, vector: ArraySlice<Float>, depth: Int, allowed: [Bool]?
    ) throws -> CandidatePool {
        let lexicalHits = lexical.map { $0.index.search($0.analyzer.terms(of: query), limit: depth, allowed: allowed) }
        guard configuration.retrievesByVectors else { return CandidatePool(lexicalHits ?? []) }
        let denseHits = try dense?.search(Array(vector), limit: depth, allowed: allowed) ?? []
        guard case .hybrid(_, let fusion, let denseWeight) = configuration.retrieval, let lexicalHits else {
            return CandidatePool(denseHits)
        }
        let lists = [lexicalHits, denseHits]
        let weights = [1 - denseWeight, denseWeight]
        let fused =
            switch fusion {
            case .reciprocalRank(let k): reciprocalRankFusion(lists, k: k, weights: weights, limit: depth)
            case .convex(let normalisation):
                convexCombination(lists, weights: weights, normalisation: normalisation, limit: depth)
            }
        return CandidatePool(fused: fused, lists: lists)
    }

    func rerank(_ hits: [Hit], _ question: String) async throws -> [Hit] {
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
