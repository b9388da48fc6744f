internal import Base

/// Ranks chunks by the words that they share with a query (BM25; ``BM25Variant`` has the formulae).
///
/// What a term adds to a chunk does not depend on the query, so it is computed when the index is built, and a search
/// only adds up.
///
/// Scores equal those of `bm25s` with the same `method`. Sources: S. Robertson, H. Zaragoza, "The Probabilistic
/// Relevance Framework: BM25 and Beyond", 2009; C. Kamphuis et al., "Which BM25 Do You Mean?", ECIR 2020; X. H. Lù,
/// "BM25S", 2024 (scores computed eagerly).
public struct BM25Index: Sendable {
    /// How soon more occurrences of a term stop to matter.
    public let k1: Double
    /// How much long chunks are held back: 0 not at all, 1 in full; of several fields, the first one's.
    public let b: Double
    /// The formula.
    public let variant: BM25Variant
    /// How many chunks there are.
    public let count: Int
    /// The number of each term.
    let vocabulary: [String: Int32]
    let postings: PostingLists

    /// Indexes chunks, given as their terms; a chunk's position is its number in the hits.
    public init(documents: [[String]], k1: Double = 1.2, b: Double = 0.75, variant: BM25Variant = .lucene) {
        self.init(fields: [BM25Field(documents: documents, weight: 1, b: b)], k1: k1, variant: variant)
    }

    /// Indexes chunks that have several fields, by weighted term frequencies (BM25F).
    ///
    /// Instead of tf a term has Σ weight · tf / (1 − b + b · length / mean length) over the fields, which is then put
    /// against k1 once: a word of the title makes the same word of the text count less, as it should. df counts the
    /// chunks that have the term in any field. With one field of weight 1 this is BM25. Sources: S. Robertson,
    /// H. Zaragoza, M. Taylor, "Simple BM25 Extension to Multiple Weighted Fields", CIKM 2004; H. Zaragoza et al.,
    /// "Microsoft Cambridge at TREC-13", 2004, for a length norm of each field's own.
    ///
    /// - Parameter fields: at least one; each has the same chunks, in the same order.
    public init(fields: [BM25Field], k1: Double = 1.2, variant: BM25Variant = .lucene) {
        let count = fields.first?.documents.count ?? 0
        precondition(
            !fields.isEmpty && fields.allSatisfy { $0.documents.count == count }, "fields have the same chunks")
        precondition(
            k1 >= 0 && fields.allSatisfy { $0.weight >= 0 && (0...1).contains($0.b) }, "BM25 needs k1 ≥ 0, b in 0...1")
        let counts = TermCounts(fields.map(\.documents))
        let norms = zip(fields, counts.lengths).map { field, lengths in
            let mean = lengths.isEmpty ? 0 : Double(lengths.reduce(0, +)) / Double(lengths.count)
            return lengths.map { BM25Weighting.lengthNorm($0, mean: mean, b: field.b) }
        }
        let weights = fields.map(\.weight)
        var scores = [Float](repeating: 0, count: counts.chunks.count)
        for term in 0..<counts.vocabulary.count {
            let postings = counts.offsets[term]..<counts.offsets[term + 1]
            let idf = variant.inverseDocumentFrequency(postings.count, of: count)
            for posting in postings {
                let chunk = Int(counts.chunks[posting])
                scores[posting] = BM25Weighting.score(
                    variant: variant, idf: idf, k1: k1, frequencies: counts.frequencies.lazy.map { $0[posting] },
                    norms: norms.lazy.map { $0[chunk] }, weights: weights
                )
            }
        }
        self.init(
            k1: k1, b: fields[0].b, variant: variant, count: count, vocabulary: counts.vocabulary,
            offsets: counts.offsets, chunks: counts.chunks, scores: scores
        )
    }

    /// Takes lists of postings; see ``PostingLists/init(count:offsets:chunks:scores:numbers:)``.
    init(
        k1: Double, b: Double, variant: BM25Variant, count: Int, vocabulary: [String: Int32],
        offsets: [Int], chunks: [Int32], scores: [Float]
    ) {
        self.k1 = k1
        self.b = b
        self.variant = variant
        self.count = count
        var numbers: [Int32] = []
        postings = PostingLists(count: count, offsets: offsets, chunks: chunks, scores: scores, numbers: &numbers)
        self.vocabulary = vocabulary.mapValues { numbers[Int($0)] }
    }
}
