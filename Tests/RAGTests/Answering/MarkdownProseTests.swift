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
            "== History ==", "=== Early life ===", "== = Workplace matters ===", "a | b\n--|--\n1 | 2",
            "- [Getting started](start.md)\n- [Errors](errors.md) and [more](more.md)",
            "- ``Array/append(_:)``\n- <doc:Guide>",
            "See also: <https://example.org/a>", "<!-- A comment that is hidden. -->",
            "<!--\nA comment of\ntwo lines.\n-->", "@Comment {\n  Not for readers.\n}",
            "[![A [b] c](https://a/b.svg)](https://a/b)",
        ]
    )
    func skips(_ text: String) {
        #expect(paragraphs(text) == [])
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

    @Test(
        "What only looks like markup is prose",
        arguments: [
            ("<doc:Guide> explains how it works.", "<doc:Guide> explains how it works."),
            ("== History == It began in 1923.", "It began in 1923."),
            ("== = Wars === It began in 1923.", "It began in 1923."),
            ("`==` compares two values.", "`==` compares two values."),
            ("- [Guide](a.md) explains how it works", "[Guide](a.md) explains how it works"),
            ("A line.\n***\nAnother.", "A line."),
            ("It is [linked] and has ``code``.", "It is [linked] and has ``code``."),
        ]
    )
    func keeps(_ text: String, _ prose: String) {
        #expect(paragraphs(text).first == prose)
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
