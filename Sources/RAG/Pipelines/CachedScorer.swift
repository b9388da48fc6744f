internal import Base
package import Retrieval
package import Storage

/// A scorer that is asked once for each pair: its scores go through the stage cache.
package struct CachedScorer: PairScorer {
    package var identity: String { scorer.identity }
    /// What is asked where nothing is kept.
    let scorer: any PairScorer
    private let cache: StageCache

    package init(_ scorer: any PairScorer, cache: StageCache) {
        self.scorer = scorer
        self.cache = cache
    }

    package var isServed: Bool { scorer.isServed }

    package func scores(of passages: [String], for query: String) async throws -> [Float] {
        try await scoresCounting(of: passages, for: query).value
    }

    package func scoresCounting(of passages: [String], for query: String) async throws -> Counted<[Float]> {
        // One entry for all passages of a question: configurations that find the same ones share it.
        let order = passages.indices.sorted { passages[$0].utf8.lexicographicallyPrecedes(passages[$1].utf8) }
        var key = ContentHash.Builder()
        // What a server counted is kept with the scores: what a question costs does not depend on the cache.
        key.add(isServed ? "scores/2, counted" : "scores/1")
        key.add(identity)
        key.add(query)
        for position in order { key.add(passages[position]) }
        let (scorer, isServed) = (scorer, isServed)
        let sorted = order.map { passages[$0] }
        let bytes = try await cache.value(forKey: key.finish()) {
            let counted = try await scorer.scoresCounting(of: sorted, for: query)
            let scores = counted.value
            guard scores.count == sorted.count else {
                throw RAGError(
                    code: .invalidConfiguration,
                    message: "\(scorer.identity) gave \(scores.count) scores for \(sorted.count) passages."
                )
            }
            return isServed ? CountedSlab.bytes(counted) : scores.withUnsafeBytes { Array($0) }
        }
        let counted = isServed ? CountedSlab.counted(bytes) : Counted(VectorSlab.floats(bytes[...]), tokens: nil)
        let found = counted.value
        var result = [Float](repeating: 0, count: passages.count)
        for (place, position) in order.enumerated() where place < found.count { result[position] = found[place] }
        return Counted(result, tokens: counted.tokens)
    }
}
