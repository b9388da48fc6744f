/// Makes one ranked list of several, by their scores: each list's are stretched to 0 … 1, then weighted and added.
///
/// The lowest hit of a list so scores as much as a chunk that the list does not have; a list whose scores are all equal
/// gives each hit 1. Source: S. Bruch, S. Gai, A. Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS
/// 2023 (there as TM2C2, here with the list's own minimum).
///
/// - Parameters:
///   - lists: ranked lists, each without a chunk twice.
///   - weights: one a list; equal, where nil. They are divided by their sum. A list of weight 0 adds no hits.
///   - limit: how many hits at most.
public func convexCombination(_ lists: [[Hit]], weights: [Double]? = nil, limit: Int) -> [Hit] {
    let given = weights ?? [Double](repeating: 1, count: lists.count)
    precondition(given.allSatisfy { $0 >= 0 }, "weights of a convex combination are not negative")
    let total = given.reduce(0, +)
    guard total > 0 else { return [] }
    return fuse(lists, weights: given.map { $0 / total }, limit: limit, worth: minMaxNormalised)
}

private func minMaxNormalised(_ hits: [Hit]) -> [Double] {
    let scores = hits.map { Double($0.score) }
    guard let least = scores.min(), let greatest = scores.max() else { return [] }
    guard greatest > least else { return scores.map { _ in 1 } }
    return scores.map { ($0 - least) / (greatest - least) }
}
