import Retrieval
import Testing

@testable import RAG

@Suite struct QuoteAssemblyTests {
    /// The quotes where the sentence that begins so was chosen.
    private func quotes(_ text: String, choosing beginning: String) -> [Answer.Quote] {
        let passage = RetrievedPassage(
            id: "a", document: DocumentID("a.md"), title: "A", headings: [], text: text,
            range: 100..<100 + text.utf8.count, line: 7, score: 1
        )
        let sentences = PassageSentences.all(of: [passage])
        var assembly = QuoteAssembly(sentences: sentences, passages: [passage])
        for index in sentences.indices where sentences[index].text.hasPrefix(beginning) { _ = assembly.add(index) }
        return assembly.quotes
    }

    @Test("The sentence behind the chosen one comes along, in one quote where they touch")
    func next() {
        let text = "One is the first.\nTwo is the second. Three is the third."
        let quote = quotes(text, choosing: "Two")
        #expect(quote.map(\.text) == ["Two is the second. Three is the third."])
        #expect(quote.first?.range == 118..<156)
        #expect(quote.first?.line == 8)
    }

    @Test("What does not touch becomes a quote of its own")
    func apart() {
        let text = "- One is the first.\n- Two is the second.\n"
        #expect(quotes(text, choosing: "One").map(\.text) == ["One is the first.", "Two is the second."])
    }

    @Test(
        "A sentence that points back brings the one before it in its paragraph",
        arguments: [
            ("The limit is one megabyte. It can be raised.", "It", "The limit is one megabyte. It can be raised."),
            ("Use a trait for that. In this case it is gone.", "In", "Use a trait for that. In this case it is gone."),
            ("The limit is one megabyte. Items are few here.", "Items", "Items are few here."),
            ("The limit is one megabyte.\n\nIt can be raised.", "It", "It can be raised."),
        ]
    )
    func previous(_ text: String, _ chosen: String, _ quote: String) {
        #expect(quotes(text, choosing: chosen).map(\.text) == [quote])
    }

    @Test("A sentence that only announces does not come along")
    func announcement() {
        #expect(quotes("One is the first. Do it like that:", choosing: "One").map(\.text) == ["One is the first."])
    }

    @Test("Nothing is quoted twice")
    func once() {
        let passage = RetrievedPassage(
            id: "a", document: DocumentID("a.md"), title: "A", headings: [], text: "One is first. Two is second.",
            range: 0..<28, line: 1, score: 1
        )
        var assembly = QuoteAssembly(sentences: PassageSentences.all(of: [passage]), passages: [passage])
        let added = [assembly.add(0), assembly.add(1)]
        #expect(added == [true, false])
        #expect(assembly.quotes.count == 1)
    }
}
