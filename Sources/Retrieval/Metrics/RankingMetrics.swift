internal import Base

/// How well a ranking finds the documents that are judged relevant to a query.
///
/// Every value equals that of trec_eval 9 to 1e-6. As there, the order of the list does not count: it is sorted by
/// score, descending, scores compared as 32-bit floats, and equal ones by the bytes of the id, descending. What is not
/// judged, or judged 0 or less, is not relevant. A query without relevant documents gets 0 everywhere.
///
/// ```swift
/// let metrics = RankingMetrics(qrels: ["a": 2, "b": 1], run: [("c", 0.9), ("a", 0.5)])
/// metrics.reciprocalRank()  // 0.5
/// metrics.recall(at: 10)  // 0.5
/// ```
public struct RankingMetrics: Sendable {
    /// The grade of each document found, best ranked first; 0 if it is not relevant.
    private let grades: [Int]
    /// The grades of all relevant documents, greatest first.
    private let ideal: [Int]

    /// Judges a ranking.
    ///
    /// - Parameters:
    ///   - qrels: the grade of each judged document.
    ///   - run: the documents found, with their scores. Of a document that stands twice, the better place counts.
    public init(qrels: [String: Int], run: [(id: String, score: Double)]) {
        let sorted = run.map { (id: $0.id, score: Float($0.score)) }.sorted { left, right in
            guard left.score == right.score else { return left.score > right.score }
            return right.id.utf8.lexicographicallyPrecedes(left.id.utf8)
        }
        var seen: Set<String> = []
        grades = sorted.filter { seen.insert($0.id).inserted }.map { max(qrels[$0.id] ?? 0, 0) }
        ideal = qrels.values.filter { $0 > 0 }.sorted(by: >)
    }

    /// 1 if a relevant document is among the first `k` (trec_eval's `success_k`).
    public func hit(at k: Int) -> Double {
        relevant(in: k) > 0 ? 1 : 0
    }

    /// The share of the relevant documents that is among the first `k` (`recall_k`).
    public func recall(at k: Int) -> Double {
        ideal.isEmpty ? 0 : Double(relevant(in: k)) / Double(ideal.count)
    }

    /// The share of `k` places that relevant documents take (`P_k`): empty places count as not relevant.
    public func precision(at k: Int) -> Double {
        k > 0 ? Double(relevant(in: k)) / Double(k) : 0
    }

    /// 1 / rank of the first relevant document (`recip_rank`); 0 if none is among the first `k`.
    public func reciprocalRank(at k: Int? = nil) -> Double {
        guard let first = grades.prefix(k ?? grades.count).firstIndex(where: { $0 > 0 }) else { return 0 }
        return 1 / Double(first + 1)
    }

    /// The mean, over all relevant documents, of the precision at their ranks (`map`, `map_cut_k`).
    public func averagePrecision(at k: Int? = nil) -> Double {
        guard !ideal.isEmpty else { return 0 }
        var found = 0
        var sum = 0.0
        for (rank, grade) in grades.prefix(k ?? grades.count).enumerated() where grade > 0 {
            found += 1
            sum += Double(found) / Double(rank + 1)
        }
        return sum / Double(ideal.count)
    }

    /// Discounted cumulative gain over that of the ideal ranking (`ndcg`, `ndcg_cut_k`); the gain is the grade.
    public func ndcg(at k: Int? = nil) -> Double {
        let best = Self.discountedGain(ideal.prefix(k ?? ideal.count))
        return best > 0 ? Self.discountedGain(grades.prefix(k ?? grades.count)) / best : 0
    }

    private func relevant(in k: Int) -> Int {
        grades.prefix(max(k, 0)).count { $0 > 0 }
    }

    private static func discountedGain(_ grades: ArraySlice<Int>) -> Double {
        var sum = 0.0
        for (rank, grade) in grades.enumerated() where grade > 0 {
            sum += Double(grade) * ln2 / logarithm(Double(rank + 2))
        }
        return sum
    }

    private static let ln2 = logarithm(2)
}

extension RankingMetrics {
    /// The metric of a name such as `ndcg@10`, `recall@100`, `hit@5`, `precision@1`, `mrr`, `mrr@10`, `map`.
    ///
    /// Nil if there is no such metric. `hit`, `recall` and `precision` need their `@k`.
    public func value(named name: String) -> Double? {
        guard let name = MetricName(name) else { return nil }
        switch (name.base, name.cutoff) {
        case ("hit", let k?): return hit(at: k)
        case ("recall", let k?): return recall(at: k)
        case ("precision", let k?): return precision(at: k)
        case ("mrr", let k): return reciprocalRank(at: k)
        case ("map", let k): return averagePrecision(at: k)
        case ("ndcg", let k): return ndcg(at: k)
        default: return nil
        }
    }
}
