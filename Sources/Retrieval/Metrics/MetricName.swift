/// The name of a metric with its cut-off: `ndcg@10`.
struct MetricName {
    let base: Substring
    /// A number above 0, or nothing.
    let cutoff: Int?

    /// Nil if what stands behind `@` is not a number above 0.
    init?(_ name: String) {
        let parts = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        base = parts[0]
        guard parts.count == 2 else {
            cutoff = nil
            return
        }
        guard let k = Int(parts[1]), k > 0 else { return nil }
        cutoff = k
    }
}
