import Base
import Retrieval
import Testing

@Suite struct StructureChunkerTests {
    private func chunks(_ document: Document, _ maximum: Int) -> [Chunk] {
        let counter = WordTokenCounter()
        let chunks = StructureChunker(maximumTokens: maximum, counter: counter).chunks(of: document)
        for chunk in chunks {
            #expect(chunk.text == document.text.utf8Slice(chunk.range))
            #expect(counter.tokenRanges(in: chunk.text).count <= maximum)
        }
        for (left, right) in zip(chunks, chunks.dropFirst()) {
            #expect(left.range.upperBound <= right.range.lowerBound)
        }
        return chunks
    }

    private let guide = document(
        (.heading(level: 1), "Guide"), (.paragraph, words(4)),
        (.heading(level: 2), "Install"), (.paragraph, words(5)),
        (.heading(level: 3), "Linux"), (.paragraph, words(6)),
        (.heading(level: 2), "Use"), (.paragraph, words(7)), (.code, "x = 1\ny = 2")
    )

    @Test func `A document that fits is one chunk`() {
        let all = chunks(guide, 100)
        #expect(all.map(\.headings) == [["Guide"]])
        #expect(all[0].text.hasPrefix("Guide") && all[0].text.hasSuffix("y = 2"))
    }

    @Test func `A larger one is cut at its highest headings, and a section that fits stays whole`() {
        let all = chunks(guide, 20)
        #expect(all.map(\.headings) == [["Guide"], ["Guide", "Install"], ["Guide", "Use"]])
        #expect(all.map { $0.text.prefix(3) } == ["Gui", "Ins", "Use"])
    }

    @Test func `A section that does not fit is cut at the next level, then between blocks`() {
        let all = chunks(guide, 8)
        #expect(
            all.map(\.headings) == [
                ["Guide"], ["Guide", "Install"], ["Guide", "Install", "Linux"], ["Guide", "Use"], ["Guide", "Use"],
            ])
        #expect(all[4].text == "x = 1\ny = 2")
    }

    @Test func `Headings stick to what follows, also when sections are empty`() {
        let document = document(
            (.heading(level: 1), "A"), (.heading(level: 2), "B"), (.paragraph, words(6)),
            (.heading(level: 2), "C"), (.heading(level: 2), "D"), (.paragraph, words(6)), (.heading(level: 2), "E")
        )
        let all = chunks(document, 9)
        #expect(all.map { $0.text.split(separator: "\n").filter { $0.count == 1 }.joined() } == ["AB", "CDE"])
    }

    @Test func `Whole blocks are packed up to the limit`() {
        let document = document(
            (.paragraph, words(3)), (.paragraph, words(3)), (.list, words(3)), (.paragraph, words(5)))
        #expect(chunks(document, 7).map { $0.text.split(separator: " ").count } == [5, 3, 5])
        #expect(chunks(document, 9).map { $0.text.split(separator: "\n\n").count } == [3, 1])
    }

    @Test func `A block above the limit is cut by sentence, and a sentence above it by token`() {
        let long = "Long \(words(19))."
        let document = document((.heading(level: 1), "H"), (.paragraph, "One two three. Four five! Six? \(long) End."))
        #expect(
            chunks(document, 9).map(\.text) == [
                "H\n\nOne two three. Four five!", "Six?", "Long " + words(8), words(9, from: 8), "w17 w18. End.",
            ])
    }

    @Test func `Code is cut by line`() {
        let document = document((.code, "a b c\nd e f\ng h i"))
        #expect(chunks(document, 6).map(\.text) == ["a b c\nd e f", "g h i"])
    }

    @Test(arguments: 1..<30)
    func `Nothing is lost and no chunk is too large`(maximum: Int) {
        let counter = WordTokenCounter()
        let found = chunks(guide, maximum).flatMap { chunk in
            counter.tokenRanges(in: chunk.text).map { $0.lowerBound + chunk.range.lowerBound }
        }
        #expect(found == counter.tokenRanges(in: guide.text).map(\.lowerBound))
    }

    @Test func `A text without blocks is cut at blank lines`() {
        let text = Document(id: DocumentID("p"), title: "", text: "a b\nc\n\n\nd e\n \nf g", blocks: [])
        #expect(chunks(text, 3).map(\.text) == ["a b\nc", "d e", "f g"])
        #expect(chunks(text, 5).map(\.text) == ["a b\nc\n\n\nd e", "f g"])
    }

    @Test func `The indentation of code stays`() {
        #expect(chunks(document((.code, "    let x")), 9).map(\.text) == ["    let x"])
    }
}
