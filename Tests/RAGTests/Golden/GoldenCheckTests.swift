import Base
import Retrieval
import Testing

@testable import RAG

@Suite struct GoldenCheckTests {
    private static let tea = "Steep green tea for two minutes at eighty degrees, and never longer than three."
    private static let documents = [
        document("a/tea.md", "# Tea\n\n\(tea)\n"),
        document(
            "b/guide.md",
            """
            Guests ask often. **Steep** green tea for two minutes at eighty degrees, and never
            longer than three. Then they drink.
            """),
        document("c/coffee.md", "A moka pot wants a fine grind and a low flame.\n"),
    ]

    private static func document(_ name: String, _ text: String) -> Document {
        Document(id: DocumentID(name), title: name, text: text, blocks: [])
    }

    private func question(
        _ id: String, _ text: String, answers: [String] = ["two"], quotes: [[(String, String)]] = [],
        answerable: Bool = true
    ) -> GoldenQuestion {
        GoldenQuestion(
            id: id, question: text, answers: answers,
            evidence: quotes.map { $0.map { EvidenceQuote(document: $0.0, quote: $0.1) } }, isAnswerable: answerable)
    }

    private func kinds(_ questions: [GoldenQuestion]) -> [GoldenFinding.Kind] {
        GoldenCheck(questions, documents: Self.documents).findings().map(\.kind).filter { $0 != .fewUnanswerable }
    }

    @Test func `Questions that ask the same, or nearly, are told`() {
        let words = "How long does green tea stay in the pot before it gets bitter"
        #expect(kinds([question("a", words), question("b", words + "?")]) == [.duplicate])
        #expect(kinds([question("a", words), question("b", words + " today")]) == [.nearDuplicate])
        #expect(kinds([question("a", words), question("b", "What grind does a moka pot want?")]).isEmpty)
    }

    @Test func `Like questions that expect different things contradict each other`() {
        let words = "How long does green tea stay in the pot"
        #expect(
            kinds([question("a", words), question("b", words, answers: ["four"])]) == [.duplicate, .contradiction])
        #expect(
            kinds([question("a", words), question("b", words, answers: [], answerable: false)])
                == [.duplicate, .contradiction])
        #expect(kinds([question("a", words), question("b", words, answers: ["two minutes"])]) == [.duplicate])
    }

    @Test func `A question in its quote's words is told, one that only names its subject is not`() {
        let quotes = [[("a/tea.md", Self.tea), ("b/guide.md", Self.tea)]]
        #expect(
            kinds([question("a", "Should I steep green tea for two minutes at eighty degrees?", quotes: quotes)])
                == [.copiesQuote])
        #expect(kinds([question("a", "How long does green tea stay in the pot?", quotes: quotes)]).isEmpty)
    }

    @Test func `A quote that stands elsewhere, too, is told, unless that place is named`() throws {
        let elsewhere = [question("a", "How long?", quotes: [[("tea.md", Self.tea)]])]
        let findings = GoldenCheck(elsewhere, documents: Self.documents).findings()
        let finding = try #require(findings.first { $0.kind == .answeredElsewhere })
        #expect(finding.message.contains("b/guide.md"))
        let both = [[("a/tea.md", Self.tea), ("b/guide.md", Self.tea)]]
        #expect(kinds([question("a", "How long?", quotes: both)]).isEmpty)
        // Short quotes stand in many places by chance.
        #expect(kinds([question("a", "How long?", quotes: [[("a/tea.md", "Steep green tea")]])]).isEmpty)
    }

    @Test func `Too few questions without an answer are told`() {
        let findings = GoldenCheck([question("a", "How long?")], documents: Self.documents).findings()
        #expect(findings.map(\.kind) == [.fewUnanswerable])
        let none = (0..<5).map { question("n\($0)", "What of \($0) and \($0 + 10)?", answerable: false) }
        #expect(!GoldenCheck(none, documents: []).findings().contains { $0.kind == .fewUnanswerable })
    }
}
