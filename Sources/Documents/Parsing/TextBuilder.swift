internal import Retrieval

/// Writes a parsed text block by block, a blank line between them, and notes where each stands.
struct TextBuilder {
    private(set) var bytes: [UInt8] = []
    private(set) var blocks: [Document.Block] = []
    private(set) var pageStarts: [Int] = []

    /// Adds a block; one without content is left out.
    mutating func add(_ kind: Document.Block.Kind, _ content: some Collection<UInt8>) {
        guard !content.isEmpty else { return }
        if !bytes.isEmpty { bytes += [.lineFeed, .lineFeed] }
        let start = bytes.count
        bytes += content
        blocks.append(Document.Block(kind: kind, range: start..<bytes.count))
    }

    /// What comes next stands on a new page.
    mutating func beginPage() {
        pageStarts.append(bytes.isEmpty ? 0 : bytes.count + 2)
    }

    /// The text with its blocks and pages.
    var parsed: ParsedText {
        var parsed = ParsedText(text: String(decoding: bytes, as: UTF8.self), blocks: blocks)
        parsed.pageStarts = pageStarts.map { min($0, bytes.count) }
        return parsed
    }
}
