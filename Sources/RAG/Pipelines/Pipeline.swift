package import Retrieval

/// A configuration with its indexes: finds passages for a question.
package struct Pipeline: Sendable {
    /// BM25 and the analyser that the query must go through.
    package struct LexicalHalf: Sendable {
        package let index: BM25Index
        package let analyzer: Analyzer
    }

    /// What comes from outside the corpus.
    struct Stages: Sendable {
        /// Encodes what a transform makes of a question.
        var passages: PassageEncoder?
        var scorer: (any PairScorer)?
        var transform: (any QueryTransform)?
        var followUps: FollowUps?
    }

    package let configuration: PipelineConfiguration
    package let chunkSet: ChunkSet
    package let corpus: Corpus
    package let lexical: LexicalHalf?
    /// The chunks' vectors, where something needs them.
    package let dense: DenseIndex?
    /// What is returned instead of chunks.
    let parents: ParentPassages?
    let tokens: DocumentTokens
    private(set) var stages: Stages
    /// How many chunks are ranked, whatever was asked for: so that a ranking is the same in a search and when it is
    /// served.
    package let depth: Int

    init(
        configuration: PipelineConfiguration, chunkSet: ChunkSet, corpus: Corpus, tokens: DocumentTokens,
        lexical: LexicalHalf?, dense: DenseIndex?, parents: ParentPassages?, stages: Stages
    ) {
        self.configuration = configuration
        self.chunkSet = chunkSet
        self.corpus = corpus
        self.tokens = tokens
        self.lexical = lexical
        self.dense = dense
        self.parents = parents
        self.stages = stages
        depth = Self.depth(of: chunkSet.chunks)
    }

    /// The same pipeline whose reranker, where somebody serves it, has its tokens counted.
    func counting(_ tally: TokenTally, by counter: any TokenCounter) -> Pipeline {
        var pipeline = self
        if let scorer = stages.scorer, scorer.isServed {
            pipeline.stages.scorer = TallyingScorer(scorer, tally: tally, counter: counter)
        }
        return pipeline
    }

    /// A question as it is searched with, after what was said before it.
    func standalone(_ question: String, after history: [DialogueTurn]) async throws -> String {
        try await configuration.history.question(question, after: history, stages.followUps)
    }

    /// More chunks than the largest context budget holds: 100, and more where chunks are short.
    private static func depth(of chunks: [Chunk]) -> Int {
        let largest = EvidenceMetrics.budgets.max() ?? 0
        let meanBytes = max(chunks.reduce(0) { $0 + $1.range.count } / max(chunks.count, 1), 1)
        // A token has about five bytes; some chunks are shorter than the mean.
        return min(max(100, largest * 8 / meanBytes), 2000)
    }
}
