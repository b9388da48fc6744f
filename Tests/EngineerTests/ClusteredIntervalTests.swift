import RAG
import Testing

@testable import Engineer

@Suite struct ClusteredIntervalTests {
    /// 120 questions, 6 a document; the questions of a document are alike: they are found, or not, together.
    private static let questions = (0..<120).map { number in
        GoldenQuestion(
            id: "q\(1_000 + number)", question: "a\(number) b\(number) c\(number)",
            evidence: [[EvidenceQuote(document: "d\(number / 6).md", quote: "Quote \(number).")]])
    }

    @Test func `an interval is wider where the questions of a document are alike`() {
        let scores = Self.questions.indices.map { $0 / 6 % 2 == 0 ? 1.0 : 0.0 }
        let clusters = GoldenSplit.clusterNames(Self.questions)
        let groups = Self.questions.map { clusters[$0.id] ?? $0.id }
        let alone = ScoreTable.estimate(scores, seed: 1)
        let together = ScoreTable.estimate(scores, seed: 1, groups: groups)
        #expect(alone.value == together.value)
        // Six questions tell as much as one here: the interval is wider by about the root of six.
        let ratio = (together.upper - together.lower) / (alone.upper - alone.lower)
        #expect((2.1...2.8).contains(ratio))
    }

    @Test func `documents that all have the same share of found questions leave no doubt`() {
        let scores = Self.questions.indices.map { $0 % 2 == 0 ? 1.0 : 0.0 }
        let clusters = GoldenSplit.clusterNames(Self.questions)
        let together = ScoreTable.estimate(scores, seed: 1, groups: Self.questions.map { clusters[$0.id] ?? $0.id })
        #expect(together.upper - together.lower < 0.01)
    }
}
