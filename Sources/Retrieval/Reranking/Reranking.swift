/// Puts the head of a ranking, judged anew, before its tail.
public enum Reranking {
    /// The head by its new scores, then the tail in its old order.
    ///
    /// The tail's scores go on below the head's lowest one, because what compares scores must see the same order.
    ///
    /// - Parameters:
    ///   - hits: the old ranking.
    ///   - head: the first hits with new scores, in any order.
    public static func replacingHead(of hits: [Hit], with head: [Hit]) -> [Hit] {
        let ranked = head.sorted(by: Hit.ranksBefore)
        let lowest = ranked.last?.score ?? 0
        let tail = hits.dropFirst(head.count).enumerated().map { place, hit in
            Hit(chunk: hit.chunk, score: lowest - Float(place + 1))
        }
        return ranked + tail
    }

    /// The first `depth` hits in the order of a scorer, then the others.
    ///
    /// - Throws: what the scorer throws, and `RetrievalError` where it does not give one number a passage.
    public static func reranked(
        _ hits: [Hit], query: String, depth: Int, scorer: any PairScorer, text: (Int) -> String
    ) async throws -> [Hit] {
        let head = hits.prefix(depth)
        guard !head.isEmpty else { return hits }
        let scores = try await scorer.scores(of: head.map { text($0.chunk) }, for: query)
        guard scores.count == head.count, scores.allSatisfy(\.isFinite) else {
            throw RetrievalError(
                code: .invalidScores,
                message: "The reranker \(scorer.identity) was given \(head.count) passages and answered with "
                    + "\(scores.count) scores, \(scores.count { !$0.isFinite }) of them no number. Try another "
                    + "reranker, or `reranker: none`."
            )
        }
        return replacingHead(of: hits, with: zip(head, scores).map { Hit(chunk: $0.chunk, score: $1) })
    }
}
