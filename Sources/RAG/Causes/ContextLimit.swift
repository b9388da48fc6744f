internal import Retrieval

/// How much of a ranked list counts as read for a metric: the largest context that its mean looks at.
package struct ContextLimit: Sendable, Hashable {
    /// The metric of evidence.
    package let metric: String
    /// How many tokens.
    package let tokens: Int
    /// How many passages; nil for any number.
    package let passages: Int?

    /// Nil where the metric is none of evidence: relevance of whole documents has no stages to tell apart.
    package init?(metric: String) {
        let parts = metric.split(separator: "@")
        let cutoff = parts.count == 2 ? Int(parts[1]) : nil
        let largest = EvidenceMetrics.budgets.max() ?? 0
        self.metric = metric
        switch parts.first {
        case "evidence_recall": (tokens, passages) = (cutoff ?? largest, nil)
        case "evidence_hit": (tokens, passages) = (.max, cutoff)
        case "evidence_mrr": (tokens, passages) = (largest, nil)
        default: return nil
        }
    }

    /// Whether a piece of evidence is found within it.
    func holds(_ item: Int, of metrics: EvidenceMetrics) -> Bool {
        guard let cost = metrics.tokensToFind[item], let rank = metrics.ranksToFind[item] else { return false }
        return cost <= tokens && passages.map { rank <= $0 } ?? true
    }

    /// The metric if each of these pieces were read at once.
    func ceiling(_ isThere: [Bool]) -> Double {
        guard metric.hasPrefix("evidence_recall") else { return isThere.contains(true) ? 1 : 0 }
        return Double(isThere.count { $0 }) / Double(max(isThere.count, 1))
    }
}
