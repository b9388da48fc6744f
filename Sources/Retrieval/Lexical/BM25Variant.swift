internal import Base

/// Which of the formulae is meant that are called BM25.
///
/// A term adds idf · g(f), as often as it stands in the query, where f = tf / (1 − b + b · length / mean length), of
/// several fields the weighted sum of that. N is the number of chunks, df how many of them have the term, δ = 0.5:
///
/// | variant | idf | g(f) |
/// |---|---|---|
/// | ``lucene`` | ln(1 + (N − df + 0.5) / (df + 0.5)) | f / (k1 + f) |
/// | ``robertson`` | ln((N − df + 0.5) / (df + 0.5)), at least 0 | f / (k1 + f) |
/// | ``atire`` | ln(N / df) | (k1 + 1) · f / (k1 + f) |
/// | ``bm25l`` | ln((N + 1) / (df + 0.5)) | (k1 + 1) · (f + δ) / (k1 + f + δ) |
/// | ``bm25plus`` | ln((N + 1) / df) | (k1 + 1) · f / (k1 + f) + δ |
///
/// Of the last two g(0) is not 0: every chunk has that for a term that stands in any, with it or without.
///
/// Scores equal those of `bm25s` 0.3.16 with `method` set to the raw value. Source: C. Kamphuis et al., "Which BM25 Do
/// You Mean?", ECIR 2020, table 1; of each variant: S. Robertson et al., "Okapi at TREC-3", 1994; A. Trotman et al.,
/// "Towards an Efficient and Effective Search Engine", 2012 (ATIRE); Y. Lv, C. Zhai, "When Documents Are Very Long,
/// BM25 Fails!", SIGIR 2011 (BM25L), and "Lower-Bounding Term Frequency Normalization", CIKM 2011 (BM25+).
public enum BM25Variant: String, Sendable, Hashable, CaseIterable {
    /// Lucene's, whose idf is never negative and never 0.
    case lucene
    /// The first one. A term that half of the chunks have adds nothing.
    case robertson
    /// ATIRE's. A term that all chunks have adds nothing.
    case atire
    /// Holds long chunks back less.
    case bm25l
    /// Tells a long chunk with a term from one without it.
    case bm25plus = "bm25+"

    /// δ, which raises g of ``bm25l`` and ``bm25plus``.
    private static let delta = 0.5

    /// How much a term counts that so many of all chunks have.
    func inverseDocumentFrequency(_ frequency: Int, of count: Int) -> Double {
        let (df, n) = (Double(frequency), Double(count))
        return switch self {
        case .lucene: logarithm(1 + (n - df + 0.5) / (df + 0.5))
        case .robertson: logarithm(max((n - df + 0.5) / (df + 0.5), 1))
        case .atire: logarithm(n / df)
        case .bm25l: logarithm((n + 1) / (df + 0.5))
        case .bm25plus: logarithm((n + 1) / df)
        }
    }

    /// idf · g(f), without what a chunk has that lacks the term.
    ///
    /// - Parameter frequency: f, above 0; infinite for a term that stands there as often as can be.
    func weight(idf: Double, frequency: Double, k1: Double) -> Double {
        let isFinite = frequency.isFinite
        return switch self {
        case .lucene, .robertson: isFinite ? idf * frequency / (k1 + frequency) : idf
        case .atire, .bm25plus: idf * (k1 + 1) * (isFinite ? frequency / (k1 + frequency) : 1)
        case .bm25l:
            idf * (k1 + 1) * (isFinite ? (frequency + Self.delta) / (k1 + frequency + Self.delta) : 1)
                - weightOfAbsence(idf: idf, k1: k1)
        }
    }

    /// idf · g(0): what a term adds to every chunk.
    func weightOfAbsence(idf: Double, k1: Double) -> Double {
        switch self {
        case .lucene, .robertson, .atire: 0
        case .bm25l: idf * (k1 + 1) * Self.delta / (k1 + Self.delta)
        case .bm25plus: idf * Self.delta
        }
    }

    /// Whether a chunk without any term of a query has a score.
    var weighsAbsence: Bool { self == .bm25l || self == .bm25plus }
}
