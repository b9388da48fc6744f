import Testing

@testable import RAG

@Suite struct MarkdownProseTests {
    private func paragraphs(_ text: String) -> [String] {
        MarkdownProse.paragraphs(of: text).map(String.init)
    }

    @Test(
        "What is no prose is left out",
        arguments: [
            "# Heading", "###### Heading", "Heading\n=======", "Heading\n---", "```swift\nlet x = 1\n```",
            "~~~\ntext in a block\n~~~", "    let indented = code", "| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n--|--",
            "[link]: https://example.org \"Title\"", "[![CI](https://a/b.svg)](https://a/b) ![x](y.png)",
            "<p align=\"center\">", "@Metadata {\n}", "---\ntitle: Front matter\n---", "* * *",
        ]
    )
    func skips(_ text: String) {
        // One row of a table without outer bars is a line of text until its delimiter row comes.
        #expect(paragraphs(text).filter { $0 != "a | b" } == [])
        #expect(paragraphs("Before.\n\n\(text)\n\nAfter.").contains("After."))
    }

    @Test("Paragraphs keep their lines, and list items count for themselves")
    func listsAndParagraphs() {
        let text = """
            # Title
            First line
            second line.

            - One item
              that goes on
            - [x] Another item
            1. A number
            > A quotation.
            """
        #expect(
            paragraphs(text) == [
                "First line\nsecond line.", "One item\n  that goes on", "Another item", "A number\n> A quotation.",
            ]
        )
    }

    @Test("A passage that begins inside a code block gives what follows the block")
    func startsInsideFence() {
        #expect(paragraphs("let x = 1\n```\nProse follows.\n") == ["Prose follows."])
    }

    @Test("A block that is not closed hides the rest")
    func openFence() {
        #expect(paragraphs("Prose.\n```swift\nlet x = 1\n") == ["Prose."])
    }

    @Test("Windows line ends change nothing")
    func carriageReturns() {
        #expect(paragraphs("# Title\r\n\r\nProse here.\r\n") == ["Prose here."])
    }

    @Test("Every paragraph is a substring of its passage")
    func verbatim() {
        let text = "# A\n\n> Note: One\n> two.\n\n* item `x`\n\n```\ncode\n```\n\nLast."
        let found = paragraphs(text)
        #expect(found.count == 3)
        for paragraph in found { #expect(text.contains(paragraph)) }
    }
}
