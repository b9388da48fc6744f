internal import Base
internal import Retrieval

/// Markdown that a converter wrote, with a form feed between pages where it knows of pages.
enum MarkdownText {
    static func parse(_ output: String) -> ParsedText {
        var bytes = Array(output.utf8)
        var pageStarts: [Int] = []
        if bytes.contains(0x0C) {
            pageStarts = [0]
            for position in bytes.indices where bytes[position] == 0x0C {
                bytes[position] = .lineFeed
                if position + 1 < bytes.count { pageStarts.append(position + 1) }
            }
        }
        var parser = MarkdownParser(bytes, lines: TextLine.lines(of: bytes), from: 0)
        parser.parse()
        var parsed = ParsedText(
            title: MarkdownHeading.title(of: parser.blocks, in: bytes), text: String(decoding: bytes, as: UTF8.self),
            blocks: parser.blocks)
        parsed.pageStarts = pageStarts
        return parsed
    }
}
