/// Ranks hits anew so that those that repeat what stands above them come later (maximal marginal relevance).
///
/// The next hit is the one with the greatest λ · relevance − (1 − λ) · likeness, where relevance is its score, stretched
/// over the list to 0 … 1, and likeness its greatest cosine with a hit already chosen, 0 at least. That value becomes its
/// score; it never increases down the list. Source: J. Carbonell, J. Goldstein, "The Use of MMR, Diversity-Based
/// Reranking for Reordering Documents and Producing Summaries", SIGIR 1998, section 2.
///
/// - Parameters:
///   - hits: a ranked list.
///   - lambda: from 0, variety alone, to 1, the order as it is.
///   - cosine: how alike two chunks are.
public func maximalMarginalRelevance(
    _ hits: [Hit], lambda: Double, cosine: (_ left: Int, _ right: Int) -> Float
) -> [Hit] {
    precondition((0...1).contains(lambda), "λ lies between 0 and 1")
    let relevance = ScoreNormalisation.minMax.worths(of: hits)
    var likeness = [Double](repeating: 0, count: hits.count)
    var left = Array(hits.indices)
    var chosen: [Hit] = []
    chosen.reserveCapacity(hits.count)
    while !left.isEmpty {
        var best = 0
        var bestValue = -Double.infinity
        for (place, candidate) in left.enumerated() {
            let value = lambda * relevance[candidate] - (1 - lambda) * likeness[candidate]
            // Of equal ones the first in the list.
            if value > bestValue { (best, bestValue) = (place, value) }
        }
        let next = left.remove(at: best)
        chosen.append(Hit(chunk: hits[next].chunk, score: Float(bestValue)))
        for candidate in left {
            likeness[candidate] = max(likeness[candidate], Double(cosine(hits[next].chunk, hits[candidate].chunk)))
        }
    }
    return chosen
}
