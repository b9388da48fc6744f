/// One line of a text, as UTF-8 offsets.
struct TextLine: Sendable {
    /// Where it starts.
    var start: Int
    /// Its first byte that is no space; `end` where there is none.
    var content: Int
    /// Behind its last byte that is no space.
    var end: Int
    /// How far the content is indented; a tab goes to the next multiple of 4.
    var indent: Int

    var isBlank: Bool { content == end }

    /// All lines; a line ends with LF, CR LF or CR. A byte order mark belongs to no line.
    static func lines(of bytes: [UInt8]) -> [TextLine] {
        var lines: [TextLine] = []
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var position = start
        while position < bytes.count {
            let byte = bytes[position]
            if byte == .lineFeed || byte == .carriageReturn {
                lines.append(TextLine(bytes, start: start, end: position))
                if byte == .carriageReturn, position + 1 < bytes.count, bytes[position + 1] == .lineFeed {
                    position += 1
                }
                start = position + 1
            }
            position += 1
        }
        if start < bytes.count { lines.append(TextLine(bytes, start: start, end: bytes.count)) }
        return lines
    }

    private init(_ bytes: [UInt8], start: Int, end: Int) {
        self.start = start
        var last = end
        while last > start, bytes[last - 1].isBlank { last -= 1 }
        var column = 0
        var first = start
        while first < last, bytes[first].isBlank {
            column += bytes[first] == .tab ? 4 - column % 4 : 1
            first += 1
        }
        content = first
        self.end = last
        indent = column
    }
}

extension UInt8 {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let backslash = UInt8(ascii: "\\")
    static let backtick = UInt8(ascii: "`")
    static let pipe = UInt8(ascii: "|")

    /// A space, tab, vertical tab or form feed.
    var isBlank: Bool { self == 0x20 || self == .tab || self == 0x0B || self == 0x0C }
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}
