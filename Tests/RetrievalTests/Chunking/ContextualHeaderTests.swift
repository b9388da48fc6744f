import Retrieval
import Testing

@Suite struct ContextualHeaderTests {
    private func text(_ title: String, _ headings: [String], _ text: String) -> String {
        let chunk = Chunk(document: DocumentID("d"), range: 0..<1, text: text, headings: headings)
        return ContextualHeader.indexText(of: chunk, title: title)
    }

    @Test func `Title and headings stand in front of the text`() {
        #expect(text("Guide", ["Install", "Linux"], "Run make.") == "Guide > Install > Linux\n\nRun make.")
    }

    @Test func `Nothing is said twice`() {
        #expect(text("Guide", ["Guide", "Use"], "Run.") == "Guide > Use\n\nRun.")
        #expect(text("Guide", ["Guide", "Use"], "## Use\n\nRun.") == "Guide\n\n## Use\n\nRun.")
        #expect(text("Guide", ["Guide"], "# Guide\n\nRun.") == "# Guide\n\nRun.")
        #expect(text("", [], "Run.") == "Run.")
    }

    @Test func `A file name without a word is no title`() {
        #expect(text("184.txt", [], "Run.") == "Run.")
        #expect(text("2024", ["Costs"], "Run.") == "Costs\n\nRun.")
        #expect(text("holiday-policy.txt", [], "Run.") == "holiday-policy.txt\n\nRun.")
        #expect(text("茶.md", [], "Run.") == "茶.md\n\nRun.")
        #expect(text("b", [], "Run.") == "b\n\nRun.")
    }
}
