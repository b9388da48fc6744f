/// A place of a document that says one matter for readers at several levels, one after the other.
package struct LeveledGroup: Sendable, Hashable {
    /// What is said for one level, with its heading.
    package struct Part: Sendable, Hashable {
        package let level: ReaderLevel
        /// The numbers of its lines; the first is that of the heading.
        package let lines: ClosedRange<Int>
    }

    /// The level of the headings; a heading of this level or a higher one ends a part.
    static let headingLevel = 4

    /// In the order of the document; each level once.
    package let parts: [Part]

    /// The part that is open first for a reader.
    package func opened(for level: ReaderLevel) -> ReaderLevel? { level.nearest(of: parts.map(\.level)) }

    /// The groups of a document.
    ///
    /// - Parameter count: how many lines it has, with the fences of code, which `DocumentLine` leaves out.
    package static func groups(of lines: [DocumentLine], count: Int) -> [LeveledGroup] {
        var groups: [[Part]] = []
        var begun: (level: ReaderLevel, line: Int)?
        func end(before line: Int) {
            guard let open = begun, open.line < line else { return }
            let part = Part(level: open.level, lines: open.line...(line - 1))
            if let last = groups.last?.last, last.lines.upperBound == open.line - 1,
                groups.last?.contains(where: { $0.level == part.level }) == false
            {
                groups[groups.count - 1].append(part)
            } else {
                groups.append([part])
            }
            begun = nil
        }
        for line in lines {
            guard case .heading(let level) = line.kind, level <= headingLevel else { continue }
            end(before: line.number)
            if level == headingLevel, let reader = ReaderLevel(heading: line.text) { begun = (reader, line.number) }
        }
        end(before: count + 1)
        return groups.map(LeveledGroup.init)
    }

    /// A document with what is said for a reader before what is said for others; nothing else changes, but that there is
    /// one empty line between them.
    package static func ordered(_ markdown: String, for level: ReaderLevel) -> String {
        var rows = markdown.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let isBlank: (String) -> Bool = { $0.allSatisfy(\.isWhitespace) }
        // The last one first, so that the lines of the others stay where they are.
        for group in groups(of: DocumentLine.lines(of: markdown), count: rows.count).reversed() {
            guard let first = group.opened(for: level), let start = group.parts.first?.lines.lowerBound,
                let end = group.parts.last?.lines.upperBound
            else { continue }
            let order = [first] + ReaderLevel.allCases.filter { $0 != first }
            let parts = order.compactMap { level in group.parts.first { $0.level == level } }
            let texts = parts.map { part in
                let lines = rows[(part.lines.lowerBound - 1)...(part.lines.upperBound - 1)]
                return Array(lines[...(lines.lastIndex { !isBlank($0) } ?? lines.startIndex)])
            }
            let tail = rows[(start - 1)...(end - 1)].reversed().prefix(while: isBlank).count
            let ordered = Array(texts.joined(separator: [""])) + Array(repeating: "", count: tail)
            rows.replaceSubrange((start - 1)...(end - 1), with: ordered)
        }
        return rows.joined(separator: "\n")
    }
}
