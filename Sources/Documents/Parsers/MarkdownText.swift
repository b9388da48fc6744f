internal import Base
internal import Retrieval

/// Markdown that a converter wrote: block by block, with its pages where it tells them.
///
/// A form feed ends a page, as `pdftotext` and `tesseract` print it; a slide begins with the comment that markitdown
/// puts there, and is a page. Rows of tables become what they are in HTML: cells between bars, without the marks that
/// only a table's drawing needs.
enum MarkdownText {
    /// - Parameter isSpreadsheet: it was a workbook: pandas, on which markitdown stands, writes its empty cells as `NaN`.
    static func parse(_ output: String, isSpreadsheet: Bool = false) -> ParsedText {
        let bytes = Array(output.utf8)
        let (pages, isPaged) = pages(of: bytes)
        var builder = TextBuilder()
        var title: String?
        for page in pages {
            if isPaged { builder.beginPage() }
            let content = Array(bytes[page])
            var parser = MarkdownParser(content, lines: TextLine.lines(of: content), from: 0)
            parser.parse()
            for block in parser.blocks {
                if block.kind == .table {
                    builder.add(.table, ConvertedTable.rows(of: content[block.range], isSpreadsheet: isSpreadsheet))
                } else {
                    builder.add(block.kind, content[block.range])
                }
            }
            title = title ?? MarkdownHeading.title(of: parser.blocks, in: content)
        }
        var parsed = builder.parsed
        parsed.title = title
        return parsed
    }

    /// The places of the pages, in order, and whether the converter told any.
    private static func pages(of bytes: [UInt8]) -> (pages: [Range<Int>], isPaged: Bool) {
        var starts = [0]
        var isPaged = false
        var lineStart = 0
        /// Whether something visible stands on the page that is open.
        var isFilled = false
        for (position, byte) in bytes.enumerated() {
            if byte == 0x0C {
                starts.append(position + 1)
                (isPaged, isFilled, lineStart) = (true, false, position + 1)
            } else if byte == .lineFeed {
                lineStart = position + 1
            } else {
                if position == lineStart, bytes[position...].starts(with: slideMark) {
                    // What stands before the first slide belongs to it only where it is nothing.
                    if isFilled { starts.append(position) }
                    isPaged = true
                }
                if !byte.isBlank, byte != .carriageReturn { isFilled = true }
            }
        }
        // A converter that ends every page with a form feed begins no other behind the last.
        if starts.count > 1, !isFilled { starts.removeLast() }
        return (zip(starts, starts.dropFirst() + [bytes.count]).map { $0..<$1 }, isPaged)
    }

    private static let slideMark = Array("<!-- Slide number: ".utf8)
}
