internal import Retrieval

/// Lists and tables.
extension MarkdownParser {
    struct ListMarker {
        /// `-`, `*`, `+`, or the `.` or `)` behind a number: another one starts another list.
        var mark: UInt8
        /// Where the item's text starts.
        var content: Int
        /// Only an item with a text, and of a numbered list only the first, may end a paragraph.
        var mayInterrupt: Bool
    }

    func listMarker(_ line: TextLine) -> ListMarker? {
        var position = line.content
        while position < line.end, position - line.content < 9, bytes[position].isDigit { position += 1 }
        let digits = line.content..<position
        guard position < line.end else { return nil }
        let mark = bytes[position]
        let isMark =
            digits.isEmpty
            ? [UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+")].contains(mark)
            : mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")")
        guard isMark, position + 1 == line.end || bytes[position + 1].isBlank else { return nil }
        var content = position + 1
        while content < line.end, bytes[content].isBlank { content += 1 }
        let startsAtOne = digits.isEmpty || text(digits) == "1"
        return ListMarker(mark: mark, content: content, mayInterrupt: content < line.end && startsAtOne)
    }

    mutating func takeList() -> Bool {
        let first = lines[next]
        guard isAtMargin(first), let marker = listMarker(first) else { return false }
        var end = first.end
        var isAfterBlank = false
        var openFence = fence(from: marker.content, to: first.end)
        next += 1
        while next < lines.count {
            let line = lines[next]
            if line.isBlank {
                isAfterBlank = true
            } else {
                guard belongs(next, to: marker, indent: first.indent, isAfterBlank, isInFence: openFence != nil) else {
                    break
                }
                if let open = openFence {
                    if closes(open, line) || line.indent <= first.indent { openFence = nil }
                } else {
                    openFence = fence(from: listMarker(line)?.content ?? line.content, to: line.end)
                }
                end = line.end
                isAfterBlank = false
            }
            next += 1
        }
        add(.list, first.content..<end)
        return true
    }

    private func belongs(
        _ index: Int, to marker: ListMarker, indent: Int, _ isAfterBlank: Bool, isInFence: Bool
    ) -> Bool {
        let line = lines[index]
        // Authors indent by 2 where CommonMark wants the width of the marker; they mean the item.
        if line.indent >= indent + 2 { return openDirectives == 0 || !isClosingBrace(line) || isInFence }
        if isThematicBreak(line) || (openDirectives > 0 && isClosingBrace(line)) { return false }
        if let other = listMarker(line) { return other.mark == marker.mark }
        // The rest of the item's paragraph may stand at the margin.
        return !isAfterBlank && !interruptsParagraph(index)
    }

    // MARK: Tables

    mutating func takeTable() -> Bool {
        guard isAtMargin(lines[next]), isTableHead(next) else { return false }
        let start = lines[next].content
        next += 2
        while next < lines.count, !lines[next].isBlank, !interruptsParagraph(next) { next += 1 }
        add(.table, start..<lines[next - 1].end)
        return true
    }

    /// A row with `|` above a row of dashes with as many columns.
    func isTableHead(_ index: Int) -> Bool {
        guard index + 1 < lines.count else { return false }
        let (head, rule) = (lines[index], lines[index + 1])
        guard !rule.isBlank, bytes[head.content..<head.end].contains(.pipe) else { return false }
        let marks = bytes[rule.content..<rule.end]
        guard marks.contains(UInt8(ascii: "-")), marks.allSatisfy({ $0.isBlank || "|:-".utf8.contains($0) }) else {
            return false
        }
        return columns(head) == columns(rule)
    }

    private func columns(_ line: TextLine) -> Int {
        var count = 1
        var isEscaped = false
        for (position, byte) in zip(line.content..<line.end, bytes[line.content..<line.end]) {
            let isOuter = position == line.content || position == line.end - 1
            if byte == .pipe, !isEscaped, !isOuter { count += 1 }
            isEscaped = byte == .backslash && !isEscaped
        }
        return count
    }
}
