/// Krippendorff's alpha for categories without order: how far any number of raters agree beyond chance, where not everybody
/// rated everything. 1 is full agreement, 0 what chance gives, below 0 less than that.
///
/// α = 1 − D_o / D_e, with the disagreement that is observed within items, D_o = 1/n Σ_{c≠k} o_ck, and the one expected when
/// all ratings are mixed, D_e = 1/(n(n − 1)) Σ_{c≠k} n_c n_k. The coincidences o_ck count each ordered pair of ratings of
/// an item with weight 1/(m − 1), where m is how many ratings the item has; items with one rating say nothing.
///
/// Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011). Equals `krippendorff.alpha` of the Python
/// package `krippendorff` with `level_of_measurement="nominal"`.
///
/// - Parameter items: The ratings of each item, in any order.
/// - Returns: Nil where no item has two ratings, or all ratings are of one category: chance alone explains that.
public func krippendorffsAlpha<Category: Hashable>(_ items: [[Category]]) -> Double? {
    var totals: [Category: Double] = [:]
    var observed = 0.0
    for item in items where item.count > 1 {
        let counts = Dictionary(item.map { ($0, 1.0) }, uniquingKeysWith: +)
        let size = Double(item.count)
        for count in counts.values { observed += count * (size - count) / (size - 1) }
        totals.merge(counts, uniquingKeysWith: +)
    }
    let count = totals.values.reduce(0, +)
    guard count > 1 else { return nil }
    let expected = totals.values.reduce(0) { $0 + $1 * (count - $1) } / (count - 1)
    guard expected > 0 else { return nil }
    return 1 - observed / expected
}
