/// Where in `requirements.md` a text stands: it decides which of its lines would be something else than text.
///
/// Such a line of somebody's text is written with a backslash in front, and read without it. One that has backslashes
/// already gets one more, so nothing is lost.
enum ProsePlace: Hashable {
    case introduction
    case foreword
    case requirement(Int)
    case topic(RequirementsDocument.Topic)
    case section(Int)

    /// Lines that read back as this text.
    func encoded(_ prose: Prose) -> [String] {
        var encoded: [String] = []
        var rest = prose.lines[...]
        while let line = rest.popFirst() {
            if let open = MarkdownLines.fence(line),
                let end = rest.firstIndex(where: { MarkdownLines.closes($0, open) })
            {
                // What stands in code is text anyway.
                encoded.append(line)
                encoded += rest[...end]
                rest = rest[(end + 1)...]
            } else {
                encoded.append(marks(line) == nil ? line : Self.inserting(line))
            }
        }
        return encoded
    }

    /// The text of a line outside of code.
    func decoded(_ line: String) -> String {
        guard let count = marks(line), count > 0 else { return line }
        let (rest, _) = MarkdownLines.unindented(line)
        return String(decoding: line.utf8.prefix(line.utf8.count - rest.count), as: UTF8.self)
            + String(decoding: rest.dropFirst(), as: UTF8.self)
    }

    /// How many backslashes stand before what would not be text here; nil where the line is text without any.
    private func marks(_ line: String) -> Int? {
        let (rest, indent) = MarkdownLines.unindented(line)
        guard indent < 4 else { return nil }
        let count = rest.prefix { $0 == UInt8(ascii: "\\") }.count
        return isStructure(String(decoding: rest.dropFirst(count), as: UTF8.self)) ? count : nil
    }

    private func isStructure(_ line: String) -> Bool {
        if MarkdownLines.fence(line) != nil { return true }
        if let heading = MarkdownLines.heading(line) { return heading.level <= deepestHeading }
        switch self {
        case .requirement: return RequirementsMarkdown.Field(line: line) != nil
        case .topic: return MarkdownLines.item(line) != nil
        case .introduction, .foreword, .section: return false
        }
    }

    private var deepestHeading: Int {
        switch self {
        case .foreword, .requirement: 3
        case .introduction, .topic, .section: 2
        }
    }

    private static func inserting(_ line: String) -> String {
        let (rest, _) = MarkdownLines.unindented(line)
        return String(decoding: line.utf8.prefix(line.utf8.count - rest.count), as: UTF8.self) + "\\"
            + String(decoding: rest, as: UTF8.self)
    }
}
