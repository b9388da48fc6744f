import Base
import Retrieval
import Testing

@Suite struct ContextTests {
    private let text = document(
        (.paragraph, words(10)), (.paragraph, words(10, from: 10)), (.paragraph, words(10, from: 20)),
        (.paragraph, words(10, from: 30)))

    private var chunks: [Chunk] {
        StructureChunker(maximumTokens: 10, counter: WordTokenCounter()).chunks(of: text)
    }

    private func chunk(_ range: Range<Int>, _ name: String = "d.md") -> Chunk {
        Chunk(document: DocumentID(name), range: range, text: text.text.utf8Slice(range))
    }

    @Test func `a hit is widened by its neighbours as far as its document goes`() {
        let other = Chunk(document: DocumentID("z.md"), range: 0..<3, text: "end")
        let all = chunks + [other]
        func widened(_ position: Int, _ reach: Int) -> Chunk {
            NeighbourWindow.passage(around: position, reach: reach, in: all, text: text.text)
        }
        #expect(widened(1, 0) == all[1])
        #expect(widened(1, 1).range == all[0].range.lowerBound..<all[2].range.upperBound)
        #expect(widened(1, 1).text == text.text.utf8Slice(widened(1, 1).range))
        #expect(widened(3, 9).range == all[0].range.lowerBound..<all[3].range.upperBound)
        #expect(widened(4, 2) == other)
    }

    @Test func `a passage of which earlier ones hold more than half is left out`() {
        let passages = [
            chunk(0..<20), chunk(8..<22), chunk(10..<30), chunk(9..<29), chunk(0..<20, "z.md"), chunk(0..<20),
        ]
        #expect(ContextAssembly.withoutRepetition(passages) == [0, 2, 4])
        #expect(ContextAssembly.withoutRepetition([]).isEmpty)
    }

    @Test func `passages fit into a budget as long as their text does, overlap counted once`() {
        let index = TokenIndex(text: text.text, counter: WordTokenCounter())
        func count(_ passages: [Chunk], _ budget: Int) -> Int {
            ContextAssembly.count(of: passages, within: budget) { _ in index }
        }
        let all = chunks
        #expect(count(all, 40) == 4)
        #expect(count(all, 39) == 3)
        #expect(count([all[0], all[0], all[1]], 20) == 3)
        #expect(count(all, 5) == 1)
        #expect(count([], 5) == 0)
    }

    @Test func `passages that touch are one, at the place of the best`() {
        let all = chunks
        let ranked = [all[2], chunk(0..<5, "z.md"), all[0], all[1]]
        let merged = ContextAssembly.merged(ranked) { _ in text.text }
        #expect(merged.map(\.parts) == [[0, 2, 3], [1]])
        #expect(merged[0].passage.range == all[0].range.lowerBound..<all[2].range.upperBound)
        #expect(merged[0].passage.text == text.text.utf8Slice(merged[0].passage.range))
        let apart = ContextAssembly.merged([all[0], all[2]]) { _ in text.text }
        #expect(apart.map(\.passage) == [all[0], all[2]])
    }
}
