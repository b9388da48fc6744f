/// Makes one ranked list of several, by their scores: each list's are normalised, then weighted and added.
///
/// The lowest hit of a list so scores as much as a chunk that the list does not have; a list whose scores are all equal
/// gives each hit 1. Source: S. Bruch, S. Gai, A. Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS
/// 2023 (there as TM2C2, here with the list's own minimum).
///
/// - Parameters:
///   - lists: ranked lists, each without a chunk twice.
///   - weights: one a list; equal, where nil. They are divided by their sum. A list of weight 0 adds no hits.
///   - normalisation: how the scores of a list are made comparable with those of the others.
///   - limit: how many hits at most.
public func convexCombination(
    _ lists: [[Hit]], weights: [Double]? = nil, normalisation: ScoreNormalisation = .minMax, limit: Int
) -> [Hit] {
    let given = weights ?? [Double](repeating: 1, count: lists.count)
    precondition(given.allSatisfy { $0 >= 0 }, "weights of a convex combination are not negative")
    let total = given.reduce(0, +)
    guard total > 0 else { return [] }
    return fuse(lists, weights: given.map { $0 / total }, limit: limit, worth: normalisation.worths)
}
