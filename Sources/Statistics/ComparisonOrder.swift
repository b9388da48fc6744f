public import Base

/// The order in which ``CandidateComparison`` takes items of which some candidates were measured on a part only: those
/// first that most were measured on, so that a candidate that was stopped has the first ones; equal ones in an order drawn
/// by chance, because the author's order (by document, by type) is not one of chance.
///
/// - Parameters:
///   - items: All items.
///   - measured: Of each candidate the items that it was measured on.
///   - generator: Where the randomness comes from; it must not depend on the scores.
public func comparisonOrder(
    _ items: [String], measured: [[String]], using generator: SplitMix64
) -> [String] {
    var generator = generator
    var counts: [String: Int] = [:]
    for item in measured.joined() { counts[item, default: 0] += 1 }
    return items.shuffled(using: &generator).enumerated().sorted {
        let (left, right) = (counts[$0.element] ?? 0, counts[$1.element] ?? 0)
        return left == right ? $0.offset < $1.offset : left > right
    }.map(\.element)
}
