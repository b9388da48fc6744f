internal import Base
internal import Retrieval

/// Finds the blocks of a Markdown text: CommonMark's outermost blocks, tables, and the directives of DocC.
///
/// One pass over the lines, no recursion: input of any shape costs linear time. A quotation is a paragraph, a list
/// with all that belongs to its items one block.
struct MarkdownParser {
    let bytes: [UInt8]
    let lines: [TextLine]
    /// The line that is read next.
    var next: Int
    /// The blocks so far.
    var blocks: [Document.Block] = []
    /// How many directives with `{` are open. Inside, indentation means nothing.
    var openDirectives = 0
    /// What `@Metadata { … }` says.
    var directives: [String: JSONValue] = [:]
    /// There is no closing brace or comment mark ahead: do not look for it again.
    var metadataIsUnclosed = false
    var commentIsUnclosed = false

    /// Reads `lines` from a line on; those before it are front matter.
    init(_ bytes: [UInt8], lines: [TextLine], from line: Int) {
        self.bytes = bytes
        self.lines = lines
        next = line
    }

    mutating func parse() {
        while next < lines.count {
            if lines[next].isBlank {
                next += 1
                continue
            }
            let isTaken =
                skipComment() || takeDirective() || takeFence() || takeIndentedCode() || takeHeading()
                || skipThematicBreak() || takeTable() || takeList()
            if !isTaken { takeParagraph() }
        }
    }

    mutating func add(_ kind: Document.Block.Kind, _ range: Range<Int>) {
        blocks.append(Document.Block(kind: kind, range: range))
    }

    /// Whether a line's indentation lets it start a block other than code.
    func isAtMargin(_ line: TextLine) -> Bool { line.indent <= 3 || openDirectives > 0 }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    // MARK: Paragraphs and what may interrupt them

    private mutating func takeParagraph() {
        let first = lines[next]
        var end = first.end
        next += 1
        while next < lines.count, !lines[next].isBlank {
            if let level = underlineLevel(lines[next]), bytes[first.content] != UInt8(ascii: ">") {
                add(.heading(level: level), first.content..<lines[next].end)
                next += 1
                return
            }
            if interruptsParagraph(next) { break }
            end = lines[next].end
            next += 1
        }
        add(.paragraph, first.content..<end)
    }

    /// Whether a block starts here even without a blank line before it.
    func interruptsParagraph(_ index: Int) -> Bool {
        let line = lines[index]
        guard isAtMargin(line) else { return false }
        if openDirectives > 0, isClosingBrace(line) { return true }
        if headingLevel(line) != nil || fence(line) != nil || isThematicBreak(line) { return true }
        if directive(line) != nil || isTableHead(index) { return true }
        guard let marker = listMarker(line) else { return false }
        return marker.mayInterrupt
    }

    // MARK: Headings and breaks

    private mutating func takeHeading() -> Bool {
        let line = lines[next]
        guard isAtMargin(line), let level = headingLevel(line) else { return false }
        add(.heading(level: level), line.content..<line.end)
        next += 1
        return true
    }

    private func headingLevel(_ line: TextLine) -> Int? {
        let level = bytes[line.content..<line.end].prefix(7).prefix { $0 == UInt8(ascii: "#") }.count
        guard (1...6).contains(level) else { return nil }
        let behind = line.content + level
        return behind == line.end || bytes[behind].isBlank ? level : nil
    }

    private func underlineLevel(_ line: TextLine) -> Int? {
        let mark = bytes[line.content]
        guard isAtMargin(line), mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-") else { return nil }
        guard bytes[line.content..<line.end].allSatisfy({ $0 == mark }) else { return nil }
        return mark == UInt8(ascii: "=") ? 1 : 2
    }

    private mutating func skipThematicBreak() -> Bool {
        guard isAtMargin(lines[next]), isThematicBreak(lines[next]) else { return false }
        next += 1
        return true
    }

    func isThematicBreak(_ line: TextLine) -> Bool {
        let mark = bytes[line.content]
        guard [UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_")].contains(mark) else { return false }
        var count = 0
        for byte in bytes[line.content..<line.end] where !byte.isBlank {
            guard byte == mark else { return false }
            count += 1
        }
        return count >= 3
    }

    /// A comment `<!-- … -->` that starts a line is shown to nobody, so it is no block.
    private mutating func skipComment() -> Bool {
        let line = lines[next]
        guard !commentIsUnclosed, isAtMargin(line), bytes[line.content..<line.end].starts(with: "<!--".utf8) else {
            return false
        }
        var index = next
        while index < lines.count {
            let content = bytes[lines[index].content..<lines[index].end]
            if let close = content.firstRange(of: "-->".utf8) {
                let rest = bytes[close.upperBound..<lines[index].end]
                if let start = rest.firstIndex(where: { !$0.isBlank }) { add(.paragraph, start..<lines[index].end) }
                next = index + 1
                return true
            }
            index += 1
        }
        commentIsUnclosed = true
        return false
    }
}
