import AutoML
import Base
import LanguageModels
import Retrieval
import Storage
import TestSupport
import Testing

@testable import RAG

@Suite struct HistoryUseTests {
    private static let documents = [
        Document(
            id: DocumentID("tea.md"), title: "Tea", text: "Green tea stays in the pot for two minutes.", blocks: []),
        Document(id: DocumentID("mac.md"), title: "Mac", text: "On a Mac the kettle is silver.", blocks: []),
        Document(id: DocumentID("pots.md"), title: "Pots", text: "Pots have lids.", blocks: []),
    ]
    private static let history = [
        DialogueTurn(isAnswer: false, text: "How long does black tea stay in the pot?"),
        DialogueTurn(isAnswer: true, text: "Four minutes, on a Mac or elsewhere."),
    ]

    private func item(history: [DialogueTurn]) -> EvaluationItem {
        let text = Self.documents[0].text
        return EvaluationItem(
            id: "q", question: "And the green one on a Mac?",
            evidence: [[EvidenceSpan(document: DocumentID("tea.md"), range: 0..<text.utf8.count)]], relevance: [:],
            history: history)
    }

    private func rank(_ use: String, followUps: FollowUps? = nil) async throws -> Double? {
        let library = IndexLibrary(
            corpus: Corpus(Self.documents), counter: WordTokenCounter(), encoders: NamedModels(nil),
            followUps: followUps)
        let evaluator = RAGEvaluator(library: library, items: [item(history: Self.history)])
        let configuration = Configuration([
            "chunker": "structure", "chunk.size": 64, "retriever": "bm25", "query.history": .string(use),
            "bm25.stop_words": true, "bm25.stemming": true, "bm25.k1": 1.2, "bm25.b": 0.75,
        ])
        return try await evaluator.measure(configuration, on: ["q"]).first?.metrics["evidence_mrr"]
    }

    @Test func `with what was asked before, a follow-up finds what it means`() async throws {
        let alone = try #require(try await rank("none"))
        #expect(alone < 1, "its own words lead to the Mac")
        #expect(try await rank("concatenate") == 1)
    }

    @Test func `a model's words are searched with, and asked for once`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let cache = StageCache(directory: folder, limitBytes: 1 << 20, diagnostics: DiagnosticCollector())
            let model = ScriptedLanguageModel(saying: "How long does green tea stay in the pot?")
            let followUps = FollowUps(cache: cache) { model }
            #expect(try await rank("rewrite", followUps: followUps) == 1)
            #expect(try await rank("rewrite", followUps: followUps) == 1)
            #expect(model.requests.count == 1)
        }
    }

    @Test func `rewriting without a model, and a use that nobody knows, are said`() async throws {
        await #expect(throws: RAGError.self) { try await rank("rewrite") }
        await #expect(throws: RAGError.self) { try await rank("shout") }
    }

    @Test func `what was answered before is not searched with`() {
        let text = HistoryUse.concatenated("And now?", after: Self.history)
        #expect(text == "How long does black tea stay in the pot?\nAnd now?")
    }

    @Test func `history is in the space only where questions have one`() throws {
        func values(_ offer: RAGOffer) -> Parameter.Domain? {
            RAGSpace.parameters(offer).first { $0.name == "query.history" }?.domain
        }
        #expect(values(RAGOffer()) == nil)
        #expect(values(RAGOffer(histories: [.concatenate, .none])) == .categorical(["concatenate", "none"]))
    }

    @Test func `a row's history is read, written, and refused where it is none`() throws {
        let row =
            #"{"history":[{"content":"How long?","role":"user"},{"content":"Two minutes.","role":"assistant"}],"id":"a","question":"And then?"}"#
        let set = try GoldenSet(parsing: row, file: "g", diagnostics: DiagnosticCollector())
        let question = try #require(set.questions.first)
        #expect(question.history.map(\.text) == ["How long?", "Two minutes."] && question.history[1].isAnswer)
        #expect(
            try GoldenSet(parsing: set.text, file: "g", diagnostics: DiagnosticCollector()).questions == set.questions)
        for wrong in [
            #""x""#, #"[{"role":"system","content":"x"}]"#, #"[{"role":"user"}]"#, #"[{"role":"user","content":" "}]"#,
        ] {
            #expect(throws: RAGError.self) {
                try GoldenSet(
                    parsing: #"{"id":"a","question":"b","history":\#(wrong)}"#, file: "g",
                    diagnostics: DiagnosticCollector())
            }
        }
    }
}
