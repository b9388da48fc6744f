/// P-values that may be compared with one level though several hypotheses are tested: where those below α are rejected,
/// the probability of any false rejection is at most α, however the tests depend on each other.
///
/// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6
/// (1979); the adjusted values are those of R's `p.adjust(method = "holm")`.
///
/// - Parameter pValues: In any order, each from 0 to 1.
/// - Returns: The adjusted values, in the same order.
public func holmAdjusted(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var adjusted = pValues
    var greatest = 0.0
    for (rank, position) in order.enumerated() {
        greatest = max(greatest, min(1, Double(pValues.count - rank) * pValues[position]))
        adjusted[position] = greatest
    }
    return adjusted
}
