extension DocumentLine {
    /// The lines of a document that belong together, and are edited together: a heading, a paragraph, an item with what
    /// continues it, a table, a block of code with its fences. Every line is in one of them.
    ///
    /// - Parameters:
    ///   - lines: what `lines(of:)` found, which leaves fences out.
    ///   - count: how many lines there are with the fences.
    static func blocks(of lines: [DocumentLine], count: Int) -> [ClosedRange<Int>] {
        let kinds = Dictionary(lines.map { ($0.number, $0.kind) }, uniquingKeysWith: { first, _ in first })
        var blocks: [ClosedRange<Int>] = []
        var fence: Int?
        var begun: Kind?
        for number in 1...max(1, count) {
            guard let kind = kinds[number] else {
                if let open = fence { blocks.append(open...number) }
                fence = fence == nil ? number : nil
                begun = nil
                continue
            }
            guard fence == nil else { continue }
            if let begun, let last = blocks.last, continues(begun, kind) {
                blocks[blocks.count - 1] = last.lowerBound...number
            } else {
                blocks.append(number...number)
                begun = kind
            }
        }
        // A fence that nobody closed.
        if let open = fence { blocks.append(open...count) }
        return blocks
    }

    private static func continues(_ begun: Kind, _ kind: Kind) -> Bool {
        switch (begun, kind) {
        case (.paragraph, .paragraph), (.item, .paragraph), (.task, .paragraph), (.quote, .paragraph), (.quote, .quote),
            (.row, .row):
            true
        default: false
        }
    }
}
