/// Lines of a Markdown text, as far as the form of `requirements.md` knows them.
enum MarkdownLines {
    /// The lines of a text; line ends of every system count as one.
    static func split(_ text: String) -> [String] {
        var lines: [[UInt8]] = [[]]
        var follows = false
        for byte in text.utf8 {
            if byte == 0x0A, follows {
                follows = false
                continue
            }
            follows = byte == 0x0D
            if byte == 0x0A || byte == 0x0D { lines.append([]) } else { lines[lines.count - 1].append(byte) }
        }
        return lines.map { String(decoding: $0, as: UTF8.self) }
    }

    /// A line without blanks at its beginning, and how many there were; a tab counts as four.
    static func unindented(_ line: String) -> (rest: Substring.UTF8View, indent: Int) {
        let rest = line.utf8.drop { $0 == 0x20 || $0 == 0x09 }
        return (rest, line.utf8.prefix(line.utf8.count - rest.count).reduce(0) { $0 + ($1 == 0x09 ? 4 : 1) })
    }

    /// The level and the text of a heading, as it is written.
    static func heading(_ line: String) -> (level: Int, text: String)? {
        let (rest, indent) = unindented(line)
        let level = rest.prefix { $0 == UInt8(ascii: "#") }.count
        let after = rest.dropFirst(level)
        guard indent < 4, (1...6).contains(level), after.first.map({ $0 == 0x20 || $0 == 0x09 }) ?? true else {
            return nil
        }
        return (level, String(decoding: after, as: UTF8.self))
    }

    /// The text of an item of a list, as it is written.
    static func item(_ line: String) -> String? {
        let (rest, indent) = unindented(line)
        guard indent < 4, let mark = rest.first, Array("-*+".utf8).contains(mark) else { return nil }
        let after = rest.dropFirst()
        guard after.first.map({ $0 == 0x20 || $0 == 0x09 }) ?? true else { return nil }
        return String(decoding: after, as: UTF8.self)
    }

    /// A row of backquotes or tildes that begins code.
    static func fence(_ line: String) -> (mark: UInt8, count: Int)? {
        let (rest, indent) = unindented(line)
        guard indent < 4, let mark = rest.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else {
            return nil
        }
        let count = rest.prefix { $0 == mark }.count
        guard count >= 3, mark == UInt8(ascii: "~") || !rest.dropFirst(count).contains(mark) else { return nil }
        return (mark, count)
    }

    /// Whether a line ends the code that a row began.
    static func closes(_ line: String, _ open: (mark: UInt8, count: Int)) -> Bool {
        let (rest, indent) = unindented(line)
        let count = rest.prefix { $0 == open.mark }.count
        return indent < 4 && count >= open.count && rest.dropFirst(count).allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
}
