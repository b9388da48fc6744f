import Base
import Testing

@testable import RAG

@Suite struct ParaphraseSearchTests {
    /// The encoder of the fixture knows tea, coffee and water; what is about none of them is all alike to it.
    private func findings(_ evidence: [EvidenceQuote]) async throws -> [GoldenFinding] {
        let library = PipelineFixture.library()
        let pipeline = try await library.pipeline(PipelineConfiguration(PipelineFixture.configuration([:])))
        let encoder = PassageEncoder(encoder: PipelineFixture.WordEncoder(), cache: nil)
        return try await ParaphraseSearch(pipeline, encoder: encoder).findings([
            GoldenQuestion(id: "a", question: "What wants a low flame?", evidence: [evidence]),
            GoldenQuestion(id: "b", question: "What wants a low flame?", isAnswerable: false),
        ])
    }

    private static let lime = EvidenceQuote(document: "water.md", quote: "A filter takes out the lime.")

    @Test func `A near run of sentences in another document is shown with its line`() async throws {
        let found = try await findings([Self.lime])
        let finding = try #require(found.first)
        #expect(found.count == 1 && finding.questions == ["a"] && finding.severity == .note)
        #expect(finding.message.contains("coffee.md, line 3,"), "\(finding.message)")
        #expect(finding.message.contains("\"A moka pot wants a low flame.\""))
    }

    @Test func `A document that the question names is not looked at`() async throws {
        let moka = EvidenceQuote(document: "coffee.md", quote: "A moka pot wants a low flame.")
        let found = try await findings([Self.lime, moka])
        #expect(!found.contains { $0.message.contains("coffee.md") || $0.message.contains("water.md") })
    }

    @Test func `Runs have about as many words as the quote, and begin at every sentence`() {
        let text = "One two three. Four five. Six seven eight nine. Ten."
        let runs = SentenceRun.all(in: text, range: 0..<text.utf8.count, words: 4)
        #expect(runs.map(\.text) == ["One two three.", "Four five. Six seven eight nine.", "Six seven eight nine."])
        #expect(runs.map(\.start) == [0, 15, 26])
        #expect(SentenceRun.all(in: text, range: 0..<14, words: 9).isEmpty)
    }
}
