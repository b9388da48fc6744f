package import Retrieval

/// A retrieval pipeline, as typed values: what a point of the search space means.
package struct PipelineConfiguration: Sendable, Hashable {
    /// How documents are cut.
    package enum Chunking: Sendable, Hashable {
        /// Windows of tokens, `overlap` of which are shared with the window before.
        case tokens(size: Int, overlap: Int)
        /// Headings, then whole blocks, up to so many tokens.
        case structure(maximumTokens: Int)
        /// Whole sentences up to so many tokens, `overlap` of which are shared with the window before.
        case sentences(maximumTokens: Int, overlap: Int)
        /// Where the subject changes, as an encoder sees it.
        case semantic(maximumTokens: Int, minimumTokens: Int, percentile: Double, window: Int, encoder: String? = nil)
    }

    /// The lexical half: BM25 and what it counts as a term.
    package struct Lexical: Sendable, Hashable {
        package var k1: Double
        package var b: Double
        package var stemming: Bool
        package var stopWords: Bool
        /// The weight of title and headings as a field of their own; 0 for none.
        package var titleWeight: Double
        package var variant: BM25Variant
    }

    /// How two ranked lists become one.
    package enum Fusion: Sendable, Hashable {
        case reciprocalRank(k: Double)
        case convex(ScoreNormalisation)
    }

    /// Which halves are asked; `denseWeight` stands against 1 − `denseWeight`.
    package enum Retrieval: Sendable, Hashable {
        case lexical(Lexical)
        case dense
        case hybrid(Lexical, Fusion, denseWeight: Double)
    }

    /// How the first hits are put into a better order.
    package enum Reranker: Sendable, Hashable {
        case none
        /// Maximal marginal relevance.
        case diversity(lambda: Double, depth: Int)
        /// A model that reads question and passage together.
        case pairScorer(depth: Int, model: String? = nil)
    }

    /// What becomes of the hits before somebody reads them.
    package struct Context: Sendable, Hashable {
        /// How many chunks before and behind a hit go with it.
        package var neighbours: Int
        /// Whether passages are left out that say little new.
        package var deduplicates: Bool
        /// How many tokens of text there are at most; 0 for no limit.
        package var budget: Int
    }

    package var chunking: Chunking
    /// Up to how many tokens the passage around a hit has that is returned instead of it; 0 for the hit itself.
    package var parentTokens: Int
    /// Whether title and headings are indexed in front of each chunk's own text.
    package var contextualHeader: Bool
    /// The name of the transform that questions go through; `none` for none.
    package var queryTransform: String
    /// What becomes of questions that follow others.
    package var history: HistoryUse
    package var retrieval: Retrieval
    /// Which of the project's encoders makes the vectors; nil for the first.
    package var encoder: String?
    /// How the vectors of chunks are kept.
    package var vectorStorage: VectorStorage
    package var reranker: Reranker
    package var context: Context

    /// Whether chunks are found by their vectors.
    package var retrievesByVectors: Bool {
        if case .lexical = retrieval { false } else { true }
    }

    /// Whether each chunk needs a vector.
    package var needsVectors: Bool {
        if case .diversity = reranker { true } else { retrievesByVectors }
    }

    /// Whether the pipeline needs a text encoder.
    package var needsEncoder: Bool {
        if case .semantic = chunking { true } else { needsVectors }
    }
}
