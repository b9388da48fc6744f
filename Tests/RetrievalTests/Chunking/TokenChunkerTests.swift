import Base
import Retrieval
import Testing

@Suite struct TokenChunkerTests {
    private let counter = WordTokenCounter()

    @Test(arguments: [(4, 0), (4, 1), (4, 3), (1, 0), (100, 10)])
    func `Windows have equally many tokens and share the overlap`(size: Int, overlap: Int) {
        let document = document((.paragraph, words(23)), (.paragraph, "Ünïcode… wörds, 中文 too."))
        let all = counter.tokenRanges(in: document.text)
        let chunks = TokenChunker(size: size, overlap: overlap, counter: counter).chunks(of: document)
        var expected: [Range<Int>] = []
        var start = 0
        repeat {
            expected.append(all[start].lowerBound..<all[min(start + size, all.count) - 1].upperBound)
            start += size - overlap
        } while start + overlap < all.count
        #expect(chunks.map(\.range) == expected)
        #expect(chunks.last?.range.upperBound == all.last?.upperBound)
        for chunk in chunks { #expect(chunk.text == document.text.utf8Slice(chunk.range)) }
    }

    @Test func `Headings are those above the first token`() {
        let document = document(
            (.heading(level: 1), "# One"), (.paragraph, words(3)), (.heading(level: 3), "### Deep #"),
            (.paragraph, words(3)), (.heading(level: 2), "Two\n---"), (.paragraph, words(3))
        )
        let chunks = TokenChunker(size: 5, counter: counter).chunks(of: document)
        #expect(chunks.map(\.headings) == [["One"], ["One", "Deep"], ["One", "Deep"], ["One", "Two"]])
    }

    @Test func `Front matter is not cut up`() {
        let document = document((.paragraph, "Body text"), front: "---\nkey: value\n---\n\n")
        let chunks = TokenChunker(size: 10, counter: counter).chunks(of: document)
        #expect(chunks.map(\.text) == ["Body text"])
    }

    @Test func `A text without blocks is cut as a whole, one without tokens not at all`() {
        let chunker = TokenChunker(size: 2, counter: counter)
        let plain = Document(id: DocumentID("p"), title: "", text: " a b c ", blocks: [])
        #expect(chunker.chunks(of: plain).map(\.text) == ["a b", "c"])
        #expect(chunker.chunks(of: Document(id: DocumentID("e"), title: "", text: " \n", blocks: [])).isEmpty)
    }

    @Test func `A counter that cuts inside characters does no harm`() {
        struct ByteCounter: TokenCounter {
            func tokenRanges(in text: String) -> [Range<Int>] {
                text.utf8.indices.enumerated().map { $0.offset..<$0.offset + 1 }
            }
        }
        let document = document((.paragraph, "äöü中"))
        let chunks = TokenChunker(size: 3, counter: ByteCounter()).chunks(of: document)
        #expect(chunks.map(\.text) == ["äö", "öü", "中"])
        for chunk in chunks { #expect(chunk.text == document.text.utf8Slice(chunk.range)) }
    }
}
