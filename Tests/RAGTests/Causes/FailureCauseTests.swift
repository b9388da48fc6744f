import AutoML
import Base
import Retrieval
import Testing

@testable import RAG

@Suite struct FailureCauseTests {
    /// The place of a sentence of the fixture.
    private static func span(_ sentence: String, in document: String = "tea.md") throws -> EvidenceSpan {
        let id = DocumentID(document)
        let text = try #require(PipelineFixture.corpus[id]).text
        let range = try #require(text.firstRange(of: sentence))
        let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
        return EvidenceSpan(document: id, range: start..<start + sentence.utf8.count)
    }

    private static func diagnose(
        _ question: String, evidence: [[EvidenceSpan]], metric: String = "evidence_hit@1",
        _ values: [String: JSONValue] = [:], scorer: (any PairScorer)? = nil, answers: (any QueryService)? = nil
    ) async throws -> QuestionDiagnosis {
        let item = EvaluationItem(id: "q", question: question, evidence: evidence, relevance: [:])
        let evaluator = RAGEvaluator(library: PipelineFixture.library(scorer: scorer), items: [item])
        let all = try await evaluator.diagnose(
            PipelineFixture.configuration(values), on: ["q"], metric: metric, answers: answers)
        let diagnosis = try #require(all.first)
        let ceilings = diagnosis.ceilings
        #expect(ceilings.parsing >= ceilings.chunking && ceilings.chunking >= ceilings.pool)
        #expect(ceilings.pool >= ceilings.ranking)
        let measured = try await evaluator.measure(PipelineFixture.configuration(values), on: ["q"])
        // `evidence_hit@1` is not among what is measured of every configuration.
        if let value = measured[0].metrics[metric] { #expect(value == ceilings.ranking) }
        return diagnosis
    }

    @Test func `what is found has no cause, and nothing to win`() async throws {
        let found = try await Self.diagnose("black tea", evidence: [[try Self.span("Black tea wants four minutes.")]])
        #expect(found.cause == nil && found.isQuoted == nil)
        #expect(found.ceilings.ranking == 1 && found.ceilings.parsing == 1)
    }

    @Test func `a quote that the parser lost bounds every stage`() async throws {
        let span = try Self.span("Black tea wants four minutes.")
        let lost = try await Self.diagnose("black tea", evidence: [[], [span]], metric: "evidence_recall")
        #expect(lost.pieces == [.notParsed, nil])
        #expect(lost.cause == .notParsed)
        #expect(lost.ceilings.parsing == 0.5 && lost.ceilings.ranking == 0.5)
    }

    @Test func `a quote of which no chunk holds half is cut in two`() async throws {
        let values: [String: JSONValue] = ["chunker": "tokens", "chunk.size": 8, "chunk.overlap": 0]
        // The whole document is the quote: more than twice as long as a chunk.
        let text = try #require(PipelineFixture.corpus[DocumentID("tea.md")]).text
        let span = EvidenceSpan(document: DocumentID("tea.md"), range: 0..<text.utf8.count)
        let cut = try await Self.diagnose("flame", evidence: [[span]], values)
        #expect(cut.cause == .cutInTwo)
        // All chunks together would still find it, if enough text were read.
        let recall = try await Self.diagnose("flame", evidence: [[span]], metric: "evidence_recall", values)
        #expect(recall.cause == .cutInTwo)
        #expect(recall.ceilings.chunking == 1 && recall.ceilings.pool == 0)
    }

    @Test func `what neither half has in its list is not in the pool`() async throws {
        let missed = try await Self.diagnose("flame", evidence: [[try Self.span("Black tea wants four minutes.")]])
        #expect(missed.cause == .notInPool)
        #expect(missed.ceilings.chunking == 1 && missed.ceilings.pool == 0)
    }

    @Test func `what is found behind the context is outranked`() async throws {
        let behind = try await Self.diagnose("black tea", evidence: [[try Self.span("Any tea wants soft water.")]])
        #expect(behind.cause == .outranked)
        #expect(behind.ceilings.pool == 1 && behind.ceilings.ranking == 0)
    }

    @Test func `what the reranker puts behind the context is lost by it`() async throws {
        let lost = try await Self.diagnose(
            "black tea", evidence: [[try Self.span("Black tea wants four minutes.")]],
            ["reranker": "cross-encoder"], scorer: Disliking(word: "Black"))
        #expect(lost.cause == .lostByReranker)
        #expect(lost.ceilings.pool == 1 && lost.ceilings.ranking == 0)
    }

    @Test func `what stands in the context and is not quoted is misread`() async throws {
        let evidence = [[try Self.span("Black tea wants four minutes.")]]
        let misread = try await Self.diagnose("black tea", evidence: evidence, answers: Silent())
        #expect(misread.pieces == [nil])
        #expect(misread.cause == .misread && misread.ceilings.reading == 0)
    }

    @Test func `of several pieces the first loss counts`() async throws {
        let diagnosis = try await Self.diagnose(
            "black tea",
            evidence: [
                [try Self.span("Any tea wants soft water.")], [try Self.span("A filter takes", in: "water.md")],
            ])
        #expect(diagnosis.pieces == [.outranked, .notInPool])
        #expect(diagnosis.cause == .notInPool)
    }

    @Test func `a metric of whole documents has no stages to tell apart`() async throws {
        let item = EvaluationItem(id: "q", question: "tea", evidence: [], relevance: ["tea.md": 1])
        let evaluator = RAGEvaluator(library: PipelineFixture.library(), items: [item])
        let configuration = PipelineFixture.configuration([:])
        for metric in ["ndcg@10", "evidence_recall"] {
            #expect(
                try await evaluator.diagnose(configuration, on: ["q"], metric: metric, answers: nil).isEmpty)
        }
    }

    private struct Disliking: PairScorer {
        let word: String
        var identity: String { "not \(word)" }

        func scores(of passages: [String], for query: String) async throws -> [Float] {
            passages.map { $0.contains(word) ? 0 : 1 }
        }
    }

    private struct Silent: QueryService {
        let summary: [String: JSONValue] = [:]

        @concurrent
        func retrieve(_ query: Query) async throws -> [RetrievedPassage] { [] }

        @concurrent
        func answer(_ query: Query) async throws -> Answer { Answer(abstained: true, quotes: [], passages: []) }
    }
}
