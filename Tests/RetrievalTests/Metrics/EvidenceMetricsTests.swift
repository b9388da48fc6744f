import Retrieval
import Testing

/// Documents of these tests consist of tokens of ten bytes, so that budgets can be worked out by hand.
@Suite struct EvidenceMetricsTests {
    private static let tokens = TokenIndex((0..<1000).map { 10 * $0..<10 * $0 + 9 })

    private func chunk(_ document: String, _ range: Range<Int>) -> Chunk {
        Chunk(document: DocumentID(document), range: range, text: "")
    }

    private func span(_ document: String, _ range: Range<Int>) -> EvidenceSpan {
        EvidenceSpan(document: DocumentID(document), range: range)
    }

    private func metrics(_ evidence: [[EvidenceSpan]], _ ranked: [Chunk]) -> EvidenceMetrics {
        EvidenceMetrics(evidence: evidence, ranked: ranked) { _ in Self.tokens }
    }

    @Test func `An item costs the text up to the middle of its quote`() {
        let found = metrics([[span("a", 1000..<1100)]], [chunk("b", 0..<500), chunk("a", 900..<2000)])
        // 50 tokens of b; then bytes 900 ..< 1050 of a.
        #expect(found.tokensToFind == [65])
        #expect(found.ranksToFind == [2])
        #expect(found.recall(budget: 64) == 0)
        #expect(found.recall(budget: 65) == 1)
        #expect(found.reciprocalRank == 0.5)
        #expect(found.hit(at: 1) == 0)
        #expect(found.hit(at: 2) == 1)
    }

    @Test func `Less than half of a quote is not enough`() {
        #expect(metrics([[span("a", 0..<100)]], [chunk("a", 51..<200)]).tokensToFind == [nil])
        #expect(metrics([[span("a", 0..<100)]], [chunk("a", 50..<200)]).tokensToFind == [5])
        #expect(metrics([[span("a", 0..<101)]], [chunk("a", 51..<200)]).tokensToFind == [nil])
    }

    @Test func `Two chunks may cover a quote together`() {
        let found = metrics([[span("a", 100..<200)]], [chunk("a", 0..<130), chunk("a", 180..<300)])
        // 13 tokens, then two from 180.
        #expect(found.tokensToFind == [15])
        #expect(found.ranksToFind == [2])
    }

    @Test func `Text that overlaps counts once, towards the budget and towards the quote`() {
        let found = metrics(
            [[span("a", 100..<200)], [span("a", 400..<420)]],
            [chunk("a", 0..<140), chunk("a", 100..<140), chunk("a", 50..<300), chunk("a", 280..<500)]
        )
        // 14 tokens of the first chunk, none of the second, and the third finds the quote in its first new token.
        #expect(found.tokensToFind == [15, 41])
        #expect(found.ranksToFind == [3, 4])
    }

    @Test func `Of alternatives one is enough, and the item counts once`() {
        let evidence = [[span("a", 0..<50), span("b", 0..<50)], [span("c", 0..<50)]]
        let found = metrics(evidence, [chunk("b", 0..<50), chunk("a", 0..<50)])
        #expect(found.tokensToFind == [3, nil])
        #expect(found.recall(budget: 500) == 0.5)
        #expect(found.meanRecall == 0.5)
    }

    @Test func `The objective is the mean over four budgets`() {
        let ranked = [chunk("a", 0..<7000), chunk("b", 0..<7000), chunk("c", 0..<9000), chunk("d", 0..<9990)]
        let evidence = [[span("a", 0..<10)], [span("b", 0..<10)], [span("c", 0..<10)], [span("d", 9980..<9990)]]
        let found = metrics(evidence, ranked)
        #expect(EvidenceMetrics.budgets.map { found.recall(budget: $0) } == [0.25, 0.5, 0.75, 1])
        #expect(found.value(named: "evidence_recall") == 0.625)
        #expect(found.value(named: "evidence_recall@1000") == 0.5)
        #expect(found.value(named: "evidence_hit@1") == 1)
        #expect(found.value(named: "evidence_mrr") == 1)
        #expect(found.value(named: "evidence_mrr@3") == nil)
        #expect(found.value(named: "recall@3") == nil)
    }

    @Test func `How the same text is cut makes no difference to the budget`() {
        let evidence = [[span("a", 3210..<3300)]]
        let whole = metrics(evidence, [chunk("a", 0..<9990)])
        let windows = metrics(evidence, stride(from: 0, to: 9900, by: 100).map { chunk("a", $0..<$0 + 150) })
        #expect(whole.tokensToFind == windows.tokensToFind)
    }

    @Test func `A question without evidence and a list without chunks have 0`() {
        #expect(metrics([], [chunk("a", 0..<10)]).meanRecall == 0)
        #expect(metrics([[span("a", 0..<10)]], []).meanRecall == 0)
        #expect(metrics([[]], [chunk("a", 0..<10)]).recall(budget: 500) == 0)
    }
}
