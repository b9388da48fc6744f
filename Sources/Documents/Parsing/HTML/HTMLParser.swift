internal import Base
internal import Retrieval

/// Turns a page into text: Markdown's marks for headings, lists and code, so that what reads Markdown reads it too.
enum HTMLParser {
    /// What of a page is taken.
    enum Extent: String, Sendable {
        /// Without menus, headers, footers and the like.
        case main
        /// All that a reader can see.
        case full
    }

    /// Parses a page in UTF-8.
    static func parse(_ bytes: [UInt8], extent: Extent) -> ParsedText {
        let page = HTMLReader.read(HTMLGuard.harmless(bytes))
        let pieces = extent == .main ? HTMLMainText(page).pieces() : page.pieces
        var parsed = text(of: pieces)
        parsed.title = title(of: page)
        parsed.metadata = metadata(of: page)
        if page.isCut {
            parsed.problems.append(
                ParsedText.Problem(
                    sentence: "The page's end tags match nothing, millions of times over; it was read to the middle "
                        + "only. Mend its HTML.", line: nil)
            )
        }
        return parsed
    }

    private static func text(of pieces: [HTMLPage.Piece]) -> ParsedText {
        var builder = TextBuilder()
        /// Lines of the list or table that is open.
        var group: (kind: Document.Block.Kind, number: Int, bytes: [UInt8])?
        func close() {
            if let group { builder.add(group.kind, group.bytes) }
            group = nil
        }
        func add(_ line: [UInt8], to kind: Document.Block.Kind, _ number: Int) {
            if let open = group, open.kind == kind, open.number == number {
                group?.bytes += [.lineFeed] + line
            } else {
                close()
                group = (kind, number, line)
            }
        }
        for piece in pieces {
            switch piece.kind {
            case .item(let list, let depth, let mark):
                add(indentation(depth) + prefix(mark) + piece.text, to: .list, list)
            case .row(let table): add(piece.text, to: .table, table)
            case .heading(let level):
                close()
                builder.add(
                    .heading(level: level), [UInt8](repeating: UInt8(ascii: "#"), count: level) + [0x20] + piece.text)
            case .paragraph:
                close()
                builder.add(.paragraph, piece.text)
            case .code:
                close()
                builder.add(.code, fenced(piece.text))
            }
        }
        close()
        return builder.parsed
    }

    private static func indentation(_ depth: Int) -> [UInt8] {
        [UInt8](repeating: 0x20, count: 2 * min(depth, 16))
    }

    private static func prefix(_ mark: HTMLPage.ItemMark) -> [UInt8] {
        switch mark {
        case .bullet: Array("- ".utf8)
        case .nothing: Array("  ".utf8)
        case .number(let number): Array("\(number). ".utf8)
        }
    }

    /// Code between fences that are longer than any in it.
    private static func fenced(_ code: [UInt8]) -> [UInt8] {
        var longest = 2
        var run = 0
        for byte in code {
            run = byte == .backtick ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = [UInt8](repeating: .backtick, count: longest + 1)
        return fence + [.lineFeed] + code + [.lineFeed] + fence
    }

    private static func title(of page: HTMLPage) -> String? {
        let heading = page.pieces.first { $0.kind == .heading(1) }.map { String(decoding: $0.text, as: UTF8.self) }
        let candidates = [page.title, page.meta["og:title"], heading]
        return candidates.lazy.compactMap { $0 }
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .first { !$0.isEmpty }
    }

    private static let dateNames = [
        "article:modified_time", "article:published_time", "datemodified", "datepublished", "dcterms.modified",
        "dcterms.date", "dc.date", "date", "last-modified", "og:updated_time",
    ]

    private static func metadata(of page: HTMLPage) -> [String: JSONValue] {
        var metadata: [String: JSONValue] = [:]
        for name in ["author", "description", "keywords"] { metadata[name] = page.meta[name].map { .string($0) } }
        let date = (dateNames.lazy.compactMap { page.meta[$0] } + [page.time].compactMap { $0 })
            .lazy.compactMap(DocumentDate.init).first
        metadata["date"] = date.map { .string($0.text) }
        metadata["lang"] = page.language.flatMap(Language.init(tag:)).map { .string($0.code) }
        return metadata
    }
}
