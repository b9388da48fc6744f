import Foundation
import Retrieval
import Testing

@Suite struct RankingMetricsTests {
    @Test func `Values equal trec_eval's on random runs with ties`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Fixtures/ranking-metrics.json")
        let cases = try JSONDecoder().decode([RankingCase].self, from: Data(contentsOf: file))
        #expect(cases.count == 30)
        for (number, ranking) in cases.enumerated() {
            #expect(ranking.metrics.count == 28)
            #expect(ranking.differences == [], "case \(number)")
        }
    }

    @Test func `The order is by score, then by descending id, whatever the order of the list`() {
        let metrics = RankingMetrics(qrels: ["a": 1], run: [("a", 1), ("b", 1), ("c", 0.5)])
        #expect(metrics.reciprocalRank() == 0.5)
        #expect(metrics.hit(at: 1) == 0)
        #expect(metrics.hit(at: 2) == 1)
    }

    @Test func `Scores that are equal as 32-bit floats are ties`() {
        #expect(RankingMetrics(qrels: ["a": 1], run: [("a", 1 + 1e-9), ("b", 1)]).reciprocalRank() == 0.5)
        #expect(RankingMetrics(qrels: ["a": 1], run: [("a", 1 + 1e-6), ("b", 1)]).reciprocalRank() == 1)
    }

    @Test func `Precision counts empty places as misses`() {
        #expect(RankingMetrics(qrels: ["a": 1], run: [("a", 1)]).precision(at: 5) == 0.2)
    }

    @Test func `A document that stands twice counts once, at its better place`() {
        let metrics = RankingMetrics(qrels: ["a": 1, "b": 1], run: [("x", 3), ("a", 2), ("a", 1), ("b", 0)])
        #expect(metrics.recall(at: 10) == 1)
        #expect(metrics.averagePrecision() == (0.5 + 2.0 / 3) / 2)
    }

    @Test(arguments: [[:], ["a": 0], ["a": -1]])
    func `Without relevant documents everything is 0`(qrels: [String: Int]) {
        let metrics = RankingMetrics(qrels: qrels, run: [("a", 1)])
        for name in ["hit@1", "recall@1", "precision@1", "mrr", "map", "ndcg", "ndcg@10"] {
            #expect(metrics.value(named: name) == 0, "\(name)")
        }
    }

    @Test(arguments: ["ndcg@0", "ndcg@x", "hit", "recall", "", "@", "f1@3", "ndcg@-1"])
    func `There is no metric of an unknown name`(name: String) {
        #expect(RankingMetrics(qrels: ["a": 1], run: [("a", 1)]).value(named: name) == nil)
    }
}
