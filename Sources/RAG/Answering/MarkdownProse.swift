/// Finds the prose in a passage of Markdown: paragraphs and list items.
///
/// Headings (a wiki's too), code, tables, HTML, comments, link definitions, badges, items that only link elsewhere, and
/// DocC directives say nothing that could be quoted as an answer. A passage may begin in the middle of a document; only
/// a code block's end is recognised without its beginning.
struct MarkdownProse {
    private var paragraphs: [Range<String.Index>] = []
    private var open: Range<String.Index>?
    private var isList = false
    private var isTable = false
    /// What ends the part that is left out whatever stands in it: a comment.
    private var hiddenUntil: String?
    private let text: String

    /// The paragraphs of a text, in order; each is a substring of it.
    static func paragraphs(of text: String) -> [Substring] {
        var prose = MarkdownProse(text: text)
        prose.read()
        return prose.paragraphs.map { text[$0] }
    }

    private init(text: String) {
        self.text = text
    }

    private mutating func read() {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var index = MarkdownLine.frontMatterLength(lines)
        var fence: Character? = MarkdownLine.beginsInsideFence(lines[index...]) ? "`" : nil
        while index < lines.count {
            defer { index += 1 }
            let line = MarkdownLine(lines[index])
            if let mark = line.fence {
                close()
                if fence == nil { fence = mark } else if fence == mark { fence = nil }
                continue
            }
            guard fence == nil else { continue }
            add(line)
        }
        close()
    }

    private mutating func add(_ line: MarkdownLine) {
        if let end = hiddenUntil {
            if line.content.contains(end) { hiddenUntil = nil }
        } else if line.isBlank {
            close()
            isTable = false
        } else if isTable || line.isDelimiterRow {
            // What stands above the delimiters was the table's head.
            open = nil
            isTable = true
        } else if let mark = line.underline {
            // What stands above `=` or `-` was a heading.
            if mark == "=" || mark == "-" { open = nil } else { close() }
        } else if let end = line.endOfHidden {
            close()
            if !line.content.dropFirst(4).contains(end) { hiddenUntil = end }
        } else if let rest = line.afterWikiHeading {
            close()
            if !rest.isEmpty { start(rest) }
        } else if line.isIndentedCode, open == nil, !isList {
            return
        } else if line.isMarkup {
            close()
            isList = false
        } else if let item = line.listItem {
            close()
            isList = true
            start(item)
        } else if let paragraph = open {
            open = paragraph.lowerBound..<line.content.endIndex
        } else {
            if !line.isIndented { isList = false }
            start(line.content)
        }
    }

    private mutating func start(_ content: Substring) {
        open = content.startIndex..<content.endIndex
    }

    private mutating func close() {
        if let open, !open.isEmpty, !MarkdownLinks.isAll(text[open]) { paragraphs.append(open) }
        open = nil
    }
}
