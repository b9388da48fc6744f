import Base
import Retrieval
import Testing

@Suite struct ParentPassagesTests {
    private let text = document(
        (.heading(level: 1), "# A"), (.paragraph, words(30)), (.heading(level: 1), "# B"),
        (.paragraph, words(30, from: 50)))

    private func passages(_ children: any Chunker, size: Int) -> (chunks: [Chunk], parents: ParentPassages) {
        let chunks = children.chunks(of: text)
        let parents = StructureChunker(maximumTokens: size, counter: WordTokenCounter())
        let empty = Document(id: DocumentID("e"), title: "", text: "", blocks: [])
        return (chunks, ParentPassages(chunks: [[], chunks], documents: [empty, text], parents: parents))
    }

    @Test func `each parent comes once, with the score of its best child`() {
        let (chunks, passages) = passages(
            StructureChunker(maximumTokens: 10, counter: WordTokenCounter()), size: 40)
        #expect(passages.parents.count == 2)
        let last = chunks.count - 1
        let ranked = passages.parents(of: [
            Hit(chunk: last, score: 3), Hit(chunk: 0, score: 2), Hit(chunk: last - 1, score: 1),
        ])
        #expect(ranked.map(\.parent) == [1, 0])
        #expect(ranked.map(\.best.score) == [3, 2])
        #expect(passages.parents[1].text.hasPrefix("# B"))
    }

    @Test(arguments: [7, 13, 29, 100])
    func `every parent holds its children, to the letter`(size: Int) {
        for children: any Chunker in [
            TokenChunker(size: 9, overlap: 3, counter: WordTokenCounter()),
            SentenceChunker(maximumTokens: 12, overlap: 1, counter: WordTokenCounter()),
            StructureChunker(maximumTokens: 64, counter: WordTokenCounter()),
        ] {
            let (chunks, passages) = passages(children, size: size)
            #expect(passages.parentOfChunk.count == chunks.count)
            for (chunk, parent) in zip(chunks, passages.parentOfChunk) {
                let around = passages.parents[parent]
                #expect(around.range.lowerBound <= chunk.range.lowerBound)
                #expect(around.range.upperBound >= chunk.range.upperBound)
                #expect(text.text.utf8Slice(around.range) == around.text)
            }
            #expect(Set(passages.parentOfChunk) == Set(passages.parents.indices))
        }
    }
}
