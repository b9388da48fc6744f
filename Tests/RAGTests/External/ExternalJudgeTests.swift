import AutoML
import Base
import Documents
import Foundation
import Retrieval
import Testing

@testable import RAG

@Suite struct ExternalJudgeTests {
    private static let text = "Green tea wants two minutes."

    private static func item(relevance: [String: Int] = [:]) throws -> EvaluationItem {
        let tea = try #require(PipelineFixture.corpus[DocumentID("tea.md")])
        let start = try #require(tea.text.range(of: text)).lowerBound.utf16Offset(in: tea.text)
        let span = EvidenceSpan(document: tea.id, range: start..<start + text.utf8.count)
        return EvaluationItem(id: "q", question: "How long?", evidence: [[span]], relevance: relevance)
    }

    private func judge(
        _ passages: [ExternalReply.Passage], relevance: [String: Int] = [:]
    ) async throws -> ExternalJudgement {
        let corpus = MeasuredCorpus(
            library: PipelineFixture.library(), items: [try Self.item(relevance: relevance)])
        let judged = await ExternalJudge([corpus]).judge([
            "q": ExternalReply(passages: passages), "?": .init(passages: []),
        ])
        #expect(judged.count == 1)
        return try #require(judged["q"])
    }

    @Test func `a passage covers evidence where it stands, with or without its document's name`() async throws {
        for passage in [
            ExternalReply.Passage(text: Self.text), .init(document: "tea.md", text: Self.text),
            .init(document: "./tea.md", text: Self.text), .init(document: "17", text: Self.text),
            .init(document: "tea.md"),
        ] {
            let judged = try await judge([.init(document: "coffee.md", text: "Coffee likes water."), passage])
            #expect(judged.metrics["evidence_recall"] == 1, "\(passage)")
            #expect(judged.metrics["evidence_mrr"] == 0.5)
            #expect(judged.passages == 2 && judged.unplaced == 0)
        }
    }

    @Test func `a passage of another document covers nothing, even with the right words`() async throws {
        let judged = try await judge([.init(document: "coffee.md", text: Self.text)])
        #expect(judged.metrics["evidence_recall"] == 0)
        #expect(judged.unplaced == 1)
    }

    @Test func `what stands nowhere takes up context, once`() async throws {
        let noise = (0..<600).map { "noise\($0)" }.joined(separator: " ")
        for copies in [1, 2] {
            let judged = try await judge(
                Array(repeating: .init(text: noise), count: copies) + [.init(text: Self.text)])
            #expect(judged.unplaced == copies)
            #expect(judged.metrics["evidence_recall@500"] == 0)
            #expect(judged.metrics["evidence_recall@1000"] == 1)
        }
    }

    @Test func `nothing found is nothing, and no failure`() async throws {
        let judged = try await judge([], relevance: ["tea.md": 1])
        #expect(judged.metrics["evidence_recall"] == 0 && judged.metrics["ndcg@10"] == 0)
        #expect(judged.passages == 0)
    }

    @Test func `documents are ranked by their first passage, also where a text is not found`() async throws {
        let judged = try await judge(
            [
                .init(document: "nowhere.md"), .init(document: "coffee.md", text: "Not in there."),
                .init(document: "coffee.md"), .init(text: "Any tea wants soft water."),
            ], relevance: ["tea.md": 1])
        #expect(judged.metrics["mrr"] == 1.0 / 3)
        #expect(judged.unplaced == 2)
    }

    /// Published golden sets; they lie beside the repository, where they are present at all.
    @Test(
        "Neo's own passages, as another system would send them, are worth what Neo says",
        .enabled(
            if: FileManager.default.fileExists(atPath: WikipediaGoldenTests.folder),
            "the data sets are not on this machine"),
        arguments: ["finance", "law", "maths"]
    )
    func peer(name: String) async throws {
        let diagnostics = DiagnosticCollector()
        let folder = WikipediaGoldenTests.folder + "/" + name
        let documents = try await DocumentLoader(diagnostics: diagnostics).load(["documents/*.md"], base: folder)
        let golden = try GoldenSet(path: folder + "/golden.jsonl", diagnostics: diagnostics)
        let resolved = await EvidenceResolver(documents: documents).resolve(golden, diagnostics: diagnostics)
        // Enough to show a difference, and no more than a busy machine bears beside tests that have a time limit.
        let items = resolved.measurable.prefix(40).map {
            EvaluationItem(
                id: $0.question.id, question: $0.question.question, evidence: $0.evidence, relevance: [:])
        }
        let library = IndexLibrary(corpus: Corpus(documents), counter: WordTokenCounter(), encoders: NamedModels(nil))
        let configuration = Configuration(["retriever": "bm25", "chunker": "structure", "chunk.size": 128])
        let evaluator = RAGEvaluator(library: library, items: items)
        let measured = try await evaluator.measure(configuration, on: items.map(\.id))
        let pipeline = try await library.pipeline(PipelineConfiguration(configuration))
        for isNamed in [true, false] {
            var replies: [String: ExternalReply] = [:]
            for item in items {
                let passages = try await pipeline.passages(item.question, vector: [], limit: pipeline.depth)
                replies[item.id] = ExternalReply(
                    passages: passages.map {
                        .init(document: isNamed ? $0.chunk.document.rawValue : nil, text: $0.chunk.text)
                    })
            }
            let judged = await ExternalJudge([MeasuredCorpus(library: library, items: items)]).judge(replies)
            let differing = measured.filter { judged[$0.item]?.metrics != $0.metrics }.map(\.item)
            let unplaced = judged.values.reduce(0) { $0 + $1.unplaced }
            #expect(differing == [] && unplaced == 0, "named: \(isNamed), \(unplaced) unplaced, \(differing)")
        }
    }
}
