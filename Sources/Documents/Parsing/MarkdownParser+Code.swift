internal import Retrieval

/// Fenced and indented code.
extension MarkdownParser {
    struct Fence {
        var mark: UInt8
        var length: Int
    }

    /// The fence that a line opens.
    func fence(_ line: TextLine) -> Fence? { fence(from: line.content, to: line.end) }

    func fence(from start: Int, to end: Int) -> Fence? {
        guard start < end else { return nil }
        let mark = bytes[start]
        guard mark == .backtick || mark == UInt8(ascii: "~") else { return nil }
        let length = bytes[start..<end].prefix { $0 == mark }.count
        guard length >= 3 else { return nil }
        // With a backtick behind them they are inline code.
        if mark == .backtick, bytes[(start + length)..<end].contains(.backtick) { return nil }
        return Fence(mark: mark, length: length)
    }

    func closes(_ fence: Fence, _ line: TextLine) -> Bool {
        let content = bytes[line.content..<line.end]
        return content.count >= fence.length && content.allSatisfy { $0 == fence.mark }
    }

    mutating func takeFence() -> Bool {
        let first = lines[next]
        guard isAtMargin(first), let fence = fence(first) else { return false }
        next += 1
        var end = first.end
        while next < lines.count {
            let line = lines[next]
            next += 1
            if !line.isBlank { end = line.end }
            if closes(fence, line) { break }
        }
        // Without an end it goes to the end of the document, as CommonMark has it.
        add(.code, first.content..<end)
        return true
    }

    mutating func takeIndentedCode() -> Bool {
        let first = lines[next]
        guard openDirectives == 0, first.indent >= 4 else { return false }
        var end = first.end
        while next < lines.count, lines[next].isBlank || lines[next].indent >= 4 {
            if !lines[next].isBlank { end = lines[next].end }
            next += 1
        }
        add(.code, first.start..<end)
        return true
    }
}
