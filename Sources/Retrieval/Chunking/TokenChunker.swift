/// Cuts a document into windows of equally many tokens, wherever that falls.
///
/// The headings of a chunk are those above its first token.
public struct TokenChunker: Chunker {
    /// How many tokens a chunk has; the last one may have fewer.
    public let size: Int
    /// How many tokens a chunk shares with the one before.
    public let overlap: Int
    private let counter: any TokenCounter

    /// A chunker; `overlap` is smaller than `size`.
    public init(size: Int, overlap: Int = 0, counter: any TokenCounter) {
        precondition(size > 0 && (0..<size).contains(overlap), "a window must move forward")
        self.size = size
        self.overlap = overlap
        self.counter = counter
    }

    /// The windows, in order. The last one ends with the document, so that no window lies inside another.
    public func chunks(of document: Document) -> [Chunk] {
        let index = TokenIndex(text: document.text, counter: counter)
        let tokens = index.tokens(in: document.contentRange)
        let bytes = Array(document.text.utf8)
        let headings = HeadingPaths(document)
        var chunks: [Chunk] = []
        var start = tokens.lowerBound
        while start < tokens.upperBound {
            let end = min(start + size, tokens.upperBound)
            let range = index.utf8Range(ofTokens: start..<end)
            let path = headings.path(at: range.lowerBound)
            if let chunk = document.chunk(in: range, headings: path, bytes: bytes) { chunks.append(chunk) }
            guard end < tokens.upperBound else { break }
            start += size - overlap
        }
        return chunks
    }
}
