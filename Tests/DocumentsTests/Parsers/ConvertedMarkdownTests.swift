import Base
import Retrieval
import Testing

@testable import Documents

@Suite struct ConvertedMarkdownTests {
    private func blocks(_ parsed: ParsedText) -> [String] { parsed.blocks.map { parsed.text.utf8Slice($0.range) } }

    private func page(_ parsed: ParsedText, of words: String) -> Int? {
        let document = Document(
            id: DocumentID("a"), title: "", text: parsed.text, blocks: [], pageStarts: parsed.pageStarts)
        return parsed.text.firstRange(of: words).flatMap {
            document.page(at: parsed.text.utf8.distance(from: parsed.text.startIndex, to: $0.lowerBound))
        }
    }

    @Test func `A slide is a page, and its comment is no text`() {
        let deck = "<!-- Slide number: 1 -->\n# Winter\nBoats\n\n<!-- Slide number: 2 -->\n\n<!-- Slide number: 3 -->\n"
        let parsed = MarkdownText.parse(deck + "# Routes\n| Route | Minutes |\n| --- | --- |\n| Cape to Holm | 35 |\n")
        #expect(blocks(parsed) == ["# Winter", "Boats", "# Routes", "Route | Minutes\nCape to Holm | 35"])
        #expect(parsed.title == "Winter")
        #expect(page(parsed, of: "Boats") == 1)
        #expect(page(parsed, of: "Holm") == 3)
        #expect(MarkdownText.parse("<!-- Slide number: 1 -->\nalone\n").pageStarts == [0])
    }

    @Test func `A form feed ends a page, also an empty one`() {
        let parsed = MarkdownText.parse("one\n\u{C}\u{C}three\nof it\u{C}\n")
        #expect(blocks(parsed) == ["one", "three\nof it"])
        #expect(parsed.pageStarts.count == 3)
        #expect(page(parsed, of: "three") == 3)
        #expect(MarkdownText.parse("no pages\n").pageStarts == [])
        #expect(MarkdownText.parse("").blocks == [] && MarkdownText.parse("\u{C}").isBlank)
    }

    @Test func `Tables lose what only draws them`() {
        let table = """
            | a &#124; | b \\| c |  |
            | :-- | --: |-|
            |  |  |  |
            | Holm | 1.9 m | NaN |\r
            | Unnamed: 1 | x | -- |

            """
        #expect(
            blocks(MarkdownText.parse(table)) == ["a | | b | c\nHolm | 1.9 m | NaN\nUnnamed: 1 | x | --"])
        #expect(MarkdownText.parse(table).blocks.map(\.kind) == [.table])
    }

    @Test func `Empty cells of a workbook are no words`() {
        let head = "## Fuel\n| Unnamed: 0 | Litres | Unnamed: 12 |\n| --- | --- | --- |\n"
        let sheet = head + "| Total | NaN | Unnamed: 4 |\n"
        #expect(
            blocks(MarkdownText.parse(sheet, isSpreadsheet: true)) == ["## Fuel", "Litres\nTotal | Unnamed: 4"])
        let empty = "| NaN |\n| --- |\n| NaN |\n"
        #expect(MarkdownText.parse(empty, isSpreadsheet: true).isBlank)
    }
}
