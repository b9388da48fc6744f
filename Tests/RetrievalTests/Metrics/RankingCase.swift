import Retrieval

/// A ranking, and what trec_eval says of it; written by Tests/Peers/retrieval_runs.py.
struct RankingCase: Decodable {
    var qrels: [String: Int]
    var run: [String: Double]
    var metrics: [String: Double]

    /// The metrics that differ by more than 1e-6 or do not exist.
    var differences: [String] {
        let ours = RankingMetrics(qrels: qrels, run: run.map { (id: $0.key, score: $0.value) })
        return metrics.compactMap { name, expected in
            guard let value = ours.value(named: name) else { return "\(name) is missing" }
            return abs(value - expected) <= 1e-6 ? nil : "\(name) is \(value), not \(expected)"
        }
    }
}
