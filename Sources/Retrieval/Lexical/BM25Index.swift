internal import Base

/// Ranks chunks by the words that they share with a query (BM25, Lucene's variant).
///
/// A term adds ln(1 + (N − df + 0.5) / (df + 0.5)) · tf / (tf + k1 · (1 − b + b · length / mean length)), as often as it
/// stands in the query. What a term adds to a chunk does not depend on the query, so it is computed when the index is
/// built, and a search only adds up.
///
/// Scores equal those of `bm25s` with `method="lucene"`. Sources: S. Robertson, H. Zaragoza, "The Probabilistic
/// Relevance Framework: BM25 and Beyond", 2009; C. Kamphuis et al., "Which BM25 Do You Mean?", ECIR 2020; X. H. Lù,
/// "BM25S", 2024 (scores computed eagerly).
public struct BM25Index: Sendable {
    /// How soon more occurrences of a term stop to matter.
    public let k1: Double
    /// How much long chunks are held back: 0 not at all, 1 in full.
    public let b: Double
    /// How many chunks there are.
    public let count: Int
    /// The number of each term.
    let vocabulary: [String: Int32]
    /// Where the postings of each term begin; one more than there are terms.
    let offsets: [Int]
    /// The chunks of each term, ascending.
    let chunks: [Int32]
    /// What the term adds to the chunk's score; parallel to `chunks`.
    let scores: [Float]
    let accumulators: AccumulatorPool

    /// Indexes chunks, given as their terms; a chunk's position is its number in the hits.
    public init(documents: [[String]], k1: Double = 1.2, b: Double = 0.75) {
        precondition(k1 >= 0 && (0...1).contains(b), "BM25 needs k1 ≥ 0 and b in 0...1")
        let counts = TermCounts(documents)
        let meanLength = documents.isEmpty ? 0 : Double(counts.lengths.reduce(0, +)) / Double(documents.count)
        var scores = [Float](repeating: 0, count: counts.chunks.count)
        for term in 0..<counts.vocabulary.count {
            let postings = counts.offsets[term]..<counts.offsets[term + 1]
            let idf = Self.inverseDocumentFrequency(postings.count, of: documents.count)
            for posting in postings {
                let length = Double(counts.lengths[Int(counts.chunks[posting])])
                let frequency = Double(counts.frequencies[posting])
                let norm = k1 * (1 - b + b * length / meanLength)
                scores[posting] = Float(idf * frequency / (frequency + norm))
            }
        }
        self.init(
            k1: k1, b: b, count: documents.count, vocabulary: counts.vocabulary,
            offsets: counts.offsets, chunks: counts.chunks, scores: scores
        )
    }

    init(
        k1: Double, b: Double, count: Int, vocabulary: [String: Int32],
        offsets: [Int], chunks: [Int32], scores: [Float]
    ) {
        self.k1 = k1
        self.b = b
        self.count = count
        self.vocabulary = vocabulary
        self.offsets = offsets
        self.chunks = chunks
        self.scores = scores
        accumulators = AccumulatorPool(count: count)
    }

    private static func inverseDocumentFrequency(_ frequency: Int, of count: Int) -> Double {
        logarithm(1 + (Double(count - frequency) + 0.5) / (Double(frequency) + 0.5))
    }
}
