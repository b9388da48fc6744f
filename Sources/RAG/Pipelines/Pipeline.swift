package import Retrieval

/// A configuration with its indexes: ranks chunks for a question.
package struct Pipeline: Sendable {
    /// BM25 and the analyser that the query must go through.
    package struct LexicalHalf: Sendable {
        package let index: BM25Index
        package let analyzer: Analyzer
    }

    /// How many hits each half contributes to a fusion.
    package static let poolDepth = 100

    package let configuration: PipelineConfiguration
    package let chunkSet: ChunkSet
    package let corpus: Corpus
    package let lexical: LexicalHalf?
    package let dense: FlatIndex?

    package init(
        configuration: PipelineConfiguration, chunkSet: ChunkSet, corpus: Corpus,
        lexical: LexicalHalf?, dense: FlatIndex?
    ) {
        self.configuration = configuration
        self.chunkSet = chunkSet
        self.corpus = corpus
        self.lexical = lexical
        self.dense = dense
    }

    /// The best chunks for a question, best first.
    ///
    /// - Parameters:
    ///   - question: the question as it was asked.
    ///   - vector: the question's vector; needed where the pipeline has a dense half.
    ///   - limit: how many chunks at most.
    ///   - allowed: by chunk position, whether it may be found; all may, where nil. Applied before ranking.
    package func rank(
        _ question: String, vector: ArraySlice<Float>, limit: Int, allowed: [Bool]? = nil
    ) -> [Hit] {
        let isHybrid = lexical != nil && dense != nil
        let depth = isHybrid ? max(Self.poolDepth, limit) : limit
        let lexicalHits = lexical.map {
            $0.index.search($0.analyzer.terms(of: question), limit: depth, allowed: allowed)
        }
        let denseHits = dense.map { $0.search(Array(vector), limit: depth, allowed: allowed) }
        switch (configuration.retrieval, lexicalHits, denseHits) {
        case (.hybrid(_, let rankConstant, let denseWeight), let lexicalHits?, let denseHits?):
            return reciprocalRankFusion(
                [lexicalHits, denseHits], k: rankConstant, weights: [1 - denseWeight, denseWeight], limit: limit
            )
        default: return lexicalHits ?? denseHits ?? []
        }
    }
}
