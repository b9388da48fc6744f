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
        let alone = ScoreTable.estimate(scores)
        let together = ScoreTable.estimate(scores, groups: groups)
        #expect(alone.value == together.value)
        // Six questions tell as much as one here: the interval is wider by about the root of six.
        let ratio = (together.upper - together.lower) / (alone.upper - alone.lower)
        #expect((1.9...2.8).contains(ratio))
    }

    @Test func `documents that all have the same share of found questions do not show how documents differ`() {
        let scores = Self.questions.indices.map { $0 % 2 == 0 ? 1.0 : 0.0 }
        let clusters = GoldenSplit.clusterNames(Self.questions)
        let together = ScoreTable.estimate(scores, groups: Self.questions.map { clusters[$0.id] ?? $0.id })
        // Wilson's interval for 10 of 20 documents.
        #expect(abs(together.lower - 0.299) < 0.001 && abs(together.upper - 0.701) < 0.001)
    }
}
