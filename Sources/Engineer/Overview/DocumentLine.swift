/// A line of a Markdown document, as a person reviews it: what it is, and what stands in it without its marks.
///
/// Documents are reviewed line by line, so that a comment has a place. This is no Markdown: what it does not know stays a
/// paragraph that shows its marks.
package struct DocumentLine: Sendable, Hashable {
    /// What a line is.
    package enum Kind: Sendable, Hashable {
        case blank
        /// Of level 1 to 6.
        case heading(Int)
        case paragraph
        /// Indented so many steps.
        case item(Int)
        /// A task, and whether it is done.
        case task(isDone: Bool)
        case quote
        /// In a block of code.
        case code
        /// A row of a table.
        case row
    }

    /// From 1.
    package let number: Int
    package let kind: Kind
    package let text: String

    /// The lines of a text.
    package static func lines(of text: String) -> [DocumentLine] {
        var fence: Substring?
        // By scalars: to Swift, a carriage return with a line feed is one character, and no line feed.
        let rows = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        return rows.enumerated().compactMap { place, row in
            var line = Substring(row)
            if line.last == "\r" { line.removeLast() }
            // The mark of the encoding.
            if place == 0, line.first == "\u{FEFF}" { line.removeFirst() }
            let content = line.drop { $0 == " " }
            let marks = content.prefix { $0 == "`" || $0 == "~" }
            if let open = fence {
                if marks.count >= open.count, marks.first == open.first, marks.count == content.count { fence = nil }
                return fence == nil ? nil : DocumentLine(number: place + 1, kind: .code, text: String(line))
            }
            if marks.count >= 3, Set(marks).count == 1 {
                fence = marks
                return nil
            }
            let (kind, text) = read(content, indent: line.count - content.count)
            return DocumentLine(number: place + 1, kind: kind, text: String(text))
        }
    }

    private static func read(_ line: Substring, indent: Int) -> (Kind, Substring) {
        guard let first = line.first else { return (.blank, "") }
        let rest = line.dropFirst().drop { $0 == " " }
        switch first {
        case "#":
            let level = line.prefix { $0 == "#" }.count
            let text = line.dropFirst(level)
            return level <= 6 && text.first == " " ? (.heading(level), text.drop { $0 == " " }) : (.paragraph, line)
        case "-", "*", "+":
            guard line.dropFirst().first == " " else { return (.paragraph, line) }
            if rest.hasPrefix("[ ] ") { return (.task(isDone: false), rest.dropFirst(4)) }
            if rest.hasPrefix("[x] ") || rest.hasPrefix("[X] ") { return (.task(isDone: true), rest.dropFirst(4)) }
            return (.item(min(indent / 2, 3)), rest)
        case ">": return (.quote, rest)
        case "|": return (.row, line)
        default: return (.paragraph, line)
        }
    }
}
