import RAG
import Retrieval
import Testing

@Suite struct WholeBlocksTests {
    private static let document = Document(
        id: DocumentID("a.md"), title: "A", text: String(repeating: "x", count: 6000),
        blocks: [
            .init(kind: .heading(level: 1), range: 0..<10), .init(kind: .paragraph, range: 12..<100),
            .init(kind: .code, range: 102..<200), .init(kind: .list, range: 202..<300),
            .init(kind: .paragraph, range: 302..<5000),
        ])

    @Test(arguments: [
        // Whole blocks stay as they are, with the space between them.
        (12..<100, 12..<100), (0..<201, 0..<201),
        // Half paragraphs and lists become whole.
        (40..<60, 12..<100), (5..<50, 0..<100), (50..<250, 12..<300),
        // Code that is cut is left out, but not where nothing else would stay.
        (150..<250, 200..<300), (40..<150, 12..<102), (120..<180, 120..<180),
        // Far away ends are not fetched.
        (250..<310, 202..<310), (4000..<4100, 4000..<5000), (2400..<2500, 2400..<2500),
        // Behind the last block there is nothing to go by.
        (5500..<6000, 5500..<6000),
    ])
    func `A passage is widened to whole blocks`(range: Range<Int>, expected: Range<Int>) {
        #expect(Self.document.wholeBlocks(around: range) == expected)
    }
}
