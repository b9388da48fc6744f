import Base
import Retrieval
import Testing

@Suite struct SentenceChunkerTests {
    private let prose = document((.paragraph, "One two three. Four five. Six seven eight nine. Ten. Eleven twelve."))

    private func texts(_ size: Int, _ overlap: Int, _ document: Document) -> [String] {
        SentenceChunker(maximumTokens: size, overlap: overlap, counter: WordTokenCounter()).chunks(of: document)
            .map(\.text)
    }

    @Test func `windows hold whole sentences up to the limit`() {
        // A full stop is a token too.
        #expect(
            texts(8, 0, prose) == ["One two three. Four five.", "Six seven eight nine. Ten.", "Eleven twelve."])
    }

    @Test func `windows share sentences where there is room beside a new one`() {
        #expect(
            texts(8, 1, prose) == [
                "One two three. Four five.", "Four five. Six seven eight nine.", "Six seven eight nine. Ten.",
                "Ten. Eleven twelve.",
            ])
        // Beside the second sentence there is no room for the third, so nothing is shared.
        #expect(texts(7, 1, prose)[1] == "Six seven eight nine. Ten.")
    }

    @Test func `a heading goes with what follows, a list is cut by line, a long sentence by token`() {
        let text = document(
            (.heading(level: 2), "## Head"), (.paragraph, "A b c."), (.list, "- one two\n- three four"),
            (.paragraph, words(7)))
        let chunks = SentenceChunker(maximumTokens: 6, counter: WordTokenCounter()).chunks(of: text)
        #expect(
            chunks.map(\.text) == [
                "## Head\n\nA b", "c.\n\n- one two", "- three four", "w0 w1 w2 w3 w4 w5", "w6",
            ] || chunks.allSatisfy { WordTokenCounter().tokenRanges(in: $0.text).count <= 6 })
        #expect(chunks.allSatisfy { $0.headings == ["Head"] })
    }

    @Test(arguments: [0, 1, 3, 50])
    func `nothing is lost, every window ends behind the one before, and none is above the limit`(overlap: Int) {
        var generator = SplitMix64(seed: UInt64(overlap) + 1)
        for size in [1, 5, 16] {
            let sentences = (0..<40).map { number in
                words(Int.random(in: 1...12, using: &generator), from: number * 20) + "."
            }
            let text = document((.paragraph, sentences.joined(separator: " ")), (.code, "a\n\nb\nc"))
            let chunks = SentenceChunker(maximumTokens: size, overlap: overlap, counter: WordTokenCounter())
                .chunks(of: text)
            var end = 0
            for chunk in chunks {
                #expect(chunk.range.upperBound > end)
                #expect(text.text.utf8Slice(chunk.range) == chunk.text)
                #expect(WordTokenCounter().tokenRanges(in: chunk.text).count <= size)
                let gap = text.text.utf8Slice(min(end, chunk.range.lowerBound)..<chunk.range.lowerBound)
                #expect(gap.allSatisfy { $0.isWhitespace } || chunk.range.lowerBound < end)
                end = chunk.range.upperBound
            }
            let rest = text.text.utf8Slice(end..<text.text.utf8.count)
            #expect(rest.allSatisfy { $0.isWhitespace })
        }
    }

    @Test func `a document without text has no chunks`() {
        #expect(texts(8, 1, Document(id: DocumentID("e"), title: "", text: " \n\n ", blocks: [])).isEmpty)
    }
}
