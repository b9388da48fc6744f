/// Makes one ranked list of several, by rank alone: a chunk scores Σ weight / (k + rank), with ranks from 1.
///
/// Source: G. V. Cormack, C. L. A. Clarke, S. Büttcher, "Reciprocal Rank Fusion Outperforms Condorcet and Individual
/// Rank Learning Methods", SIGIR 2009.
///
/// - Parameters:
///   - lists: ranked lists, each best first and without a chunk twice.
///   - k: how little the first ranks stand out.
///   - weights: one a list; all 1, where nil. A list of weight 0 adds no hits.
///   - limit: how many hits at most.
public func reciprocalRankFusion(
    _ lists: [[Hit]], k: Double = 60, weights: [Double]? = nil, limit: Int
) -> [Hit] {
    fuse(lists, weights: weights, limit: limit) { list in
        list.indices.map { 1 / (k + Double($0 + 1)) }
    }
}

/// Adds up what each list's hits are worth, times the list's weight, and ranks the sums.
func fuse(
    _ lists: [[Hit]], weights: [Double]?, limit: Int, worth: ([Hit]) -> [Double]
) -> [Hit] {
    precondition(weights.map { $0.count == lists.count } ?? true, "a weight belongs to each list")
    var sums: [Int: Double] = [:]
    for (number, list) in lists.enumerated() {
        let weight = weights?[number] ?? 1
        guard weight != 0 else { continue }
        for (hit, value) in zip(list, worth(list)) { sums[hit.chunk, default: 0] += weight * value }
    }
    // Ranked as floats, which is what the hits carry: so that a list always agrees with its scores.
    let hits = sums.map { Hit(chunk: $0.key, score: Float($0.value)) }
    return Array(hits.sorted(by: Hit.ranksBefore).prefix(max(limit, 0)))
}
