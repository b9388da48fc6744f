internal import Base
internal import Engineer

extension DashboardPages {
    /// The lines of a document in blocks: what everybody reads, and what is said for one level, of which that of the reader
    /// is open.
    ///
    /// - Parameters:
    ///   - lines: the models of the document's lines, one each.
    ///   - commented: the numbers of lines that somebody said something of.
    static func blocks(
        _ document: ReviewedDocument, _ lines: [JSONValue], for level: ReaderLevel, commented: [Int]
    ) -> JSONValue {
        var parts: [(part: LeveledGroup.Part, isOpen: Bool)] = []
        for group in document.groups {
            let opened = group.opened(for: level)
            parts += group.parts.map { ($0, $0.level == opened) }
        }
        var blocks: [JSONValue] = []
        var rest = zip(document.lines.map(\.number), lines).map { ($0, $1) }[...]
        while let (number, _) = rest.first {
            guard let here = parts.first(where: { $0.part.lines.contains(number) }) else {
                let next = parts.first { $0.part.lines.lowerBound > number }?.part.lines.lowerBound ?? Int.max
                let shown = rest.prefix { $0.0 < next }
                blocks.append(["isLevel": false, "lines": .array(shown.map(\.1))])
                rest = rest.dropFirst(shown.count)
                continue
            }
            let shown = rest.prefix { here.part.lines.contains($0.0) }
            let talk = commented.count { here.part.lines.contains($0) }
            blocks.append([
                "isLevel": true, "isOpen": .bool(here.isOpen), "level": .string(here.part.level.rawValue),
                "title": .string(here.part.level.heading), "key": .string("level-\(here.part.lines.lowerBound)"),
                "talk": .string(talk == 0 ? "" : talk == 1 ? "1 comment" : "\(talk) comments"),
                "lines": .array(shown.enumerated().map { $0 == 0 ? asTitle($1.1) : $1.1 }),
            ])
            rest = rest.dropFirst(shown.count)
        }
        return .array(blocks)
    }

    /// The heading of a level has its words in the summary already; its number and its comments stay.
    private static func asTitle(_ line: JSONValue) -> JSONValue {
        guard case .object(var model) = line else { return line }
        model["class"] = "is-level"
        return .object(model)
    }

    /// For whom documents are opened, with the form that changes it.
    static func opened(for visitor: Visitor, next: String) -> JSONValue {
        let choices = ReaderLevel.allCases.map { level -> JSONValue in
            [
                "value": .string(level.rawValue), "name": .string(level.title),
                "isCurrent": .bool(visitor.reader.chosen == level),
            ]
        }
        let auto: JSONValue = [
            "value": "auto", "name": "estimate it", "isCurrent": .bool(visitor.reader.chosen == nil),
        ]
        return [
            "title": .string(visitor.reader.level.title), "isChosen": .bool(visitor.reader.chosen != nil),
            "choices": .array(choices + [auto]), "back": .string(next),
        ]
    }
}
