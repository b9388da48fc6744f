import Base
import Retrieval
import Testing

@Suite struct TokenIndexTests {
    @Test(arguments: [
        ("It's 3.5!", ["It", "'", "s", "3", ".", "5", "!"]),
        ("snake_case", ["snake", "_", "case"]),
        ("naïve 中文 🙂", ["naïve", "中", "文", "🙂"]),
        (" \n\t", []), ("", []),
    ])
    func `Words and marks are tokens`(text: String, tokens: [String]) {
        #expect(WordTokenCounter().tokenRanges(in: text).map { text.utf8Slice($0) } == tokens)
    }

    @Test func `Counts of parts that do not overlap add up`() {
        let text = words(50)
        let index = TokenIndex(text: text, counter: WordTokenCounter())
        #expect(index.count == 50)
        for cut in 0...text.utf8.count {
            #expect(index.count(in: 0..<cut) + index.count(in: cut..<text.utf8.count) == 50)
        }
        #expect(index.tokens(in: 3..<9) == 1..<3)
        #expect(index.utf8Range(ofTokens: 1..<3) == 3..<8)
    }
}
