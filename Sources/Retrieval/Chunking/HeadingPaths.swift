internal import Base

/// Under which headings each place of a document stands.
struct HeadingPaths {
    private var starts: [Int] = []
    private var paths: [[String]] = []

    init(_ document: Document) {
        var open: [(level: Int, title: String)] = []
        for block in document.blocks {
            guard case .heading(let level) = block.kind else { continue }
            while let last = open.last, last.level >= level { open.removeLast() }
            open.append((level, Self.title(of: document.text.utf8Slice(block.range))))
            starts.append(block.range.lowerBound)
            paths.append(open.map(\.title))
        }
    }

    /// The titles above an offset, outermost first; a heading that begins there is among them.
    func path(at offset: Int) -> [String] {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? [] : paths[low - 1]
    }

    /// The title without the marks of Markdown: `## Title ##`, or a title underlined in the next line.
    static func title(of heading: String) -> String {
        let line = heading.drop { $0.isWhitespace }.prefix { !$0.isNewline }
        var title = line.drop { $0 == "#" || $0.isWhitespace }
        while let last = title.last, last == "#" || last.isWhitespace { title.removeLast() }
        return String(title)
    }
}
