/// Cuts a document into windows of whole sentences up to a number of tokens.
///
/// A window takes sentences while they fit; the next one begins with the last `overlap` of them, as far as there is
/// room beside a new one. Code, lists and tables count by line, and a heading goes with what follows it. The headings of
/// a chunk are those above its beginning.
public struct SentenceChunker: Chunker {
    /// No chunk has more tokens.
    public let maximumTokens: Int
    /// How many sentences a chunk shares with the one before.
    public let overlap: Int
    private let counter: any TokenCounter

    /// A chunker with a limit above 0.
    public init(maximumTokens: Int, overlap: Int = 0, counter: any TokenCounter) {
        precondition(maximumTokens > 0 && overlap >= 0, "a chunk holds at least one token")
        self.maximumTokens = maximumTokens
        self.overlap = overlap
        self.counter = counter
    }

    /// The windows, in order. Each ends behind the one before.
    public func chunks(of document: Document) -> [Chunk] {
        let bytes = Array(document.text.utf8)
        let tokens = TokenIndex(text: document.text, counter: counter)
        let units = SentenceUnits(document, bytes: bytes, tokens: tokens, maximumTokens: maximumTokens).ranges
        let headings = HeadingPaths(document)
        var chunks: [Chunk] = []
        var start = 0
        var next = 0  // the first sentence that no window has yet
        while next < units.count {
            // The overlap gives way where it leaves no room for a new sentence.
            while start < next, !fits(units[start].lowerBound..<units[next].upperBound, tokens) { start += 1 }
            while next < units.count, start == next || fits(units[start].lowerBound..<units[next].upperBound, tokens) {
                next += 1
            }
            let range = units[start].lowerBound..<units[next - 1].upperBound
            let path = headings.path(at: range.lowerBound)
            if let chunk = document.chunk(in: range, headings: path, bytes: bytes) { chunks.append(chunk) }
            start = max(start + 1, next - overlap)
        }
        return chunks
    }

    private func fits(_ range: Range<Int>, _ tokens: TokenIndex) -> Bool {
        tokens.count(in: range) <= maximumTokens
    }
}
