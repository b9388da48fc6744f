internal import Retrieval

/// Plain text: paragraphs between blank lines.
enum ParagraphParser {
    static func blocks(of bytes: [UInt8]) -> [Document.Block] {
        var blocks: [Document.Block] = []
        var open: Range<Int>?
        for line in TextLine.lines(of: bytes) {
            if line.isBlank {
                if let range = open { blocks.append(Document.Block(kind: .paragraph, range: range)) }
                open = nil
            } else {
                open = (open?.lowerBound ?? line.content)..<line.end
            }
        }
        if let range = open { blocks.append(Document.Block(kind: .paragraph, range: range)) }
        return blocks
    }
}
