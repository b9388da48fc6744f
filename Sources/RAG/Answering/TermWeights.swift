package import Retrieval

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// How much each term tells: its inverse document frequency among the passages of a release.
///
/// Counted by one analyser for every configuration, so that what is read from it means the same whichever way passages
/// are found. Source: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009,
/// section 3.1, with 1 added under the logarithm so that it stays positive.
package struct TermWeights: Sendable {
    private let counts: [String: Int32]
    private let passages: Int

    /// Counts the terms of passages.
    package init(_ texts: [String], analyzer: Analyzer = .forQuestions()) {
        var counts: [String: Int32] = [:]
        for terms in analyzer.terms(ofAll: texts) {
            for term in Set(terms) { counts[term, default: 0] += 1 }
        }
        self.counts = counts
        passages = texts.count
    }

    /// The weight of a term; the greatest for one that no passage has.
    func weight(of term: String) -> Double {
        let count = Double(counts[term] ?? 0)
        return log(1 + (Double(passages) - count + 0.5) / (count + 0.5))
    }
}
