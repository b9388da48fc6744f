internal import Retrieval

/// The text of a Markdown heading without its marks.
package enum MarkdownHeading {
    /// The first heading of level 1 that has a text.
    static func title(of blocks: [Document.Block], in bytes: [UInt8]) -> String? {
        for block in blocks where block.kind == .heading(level: 1) {
            let text = plainText(of: String(decoding: bytes[block.range], as: UTF8.self))
            if !text.isEmpty { return text }
        }
        return nil
    }

    /// `## Using ``Store`` [now](url) ##` → `Using Store now`; an underlined heading loses its line.
    package static func plainText(of heading: String) -> String {
        var letters = Array(heading)
        if letters.first == "#" {
            letters = Array(letters.drop { $0 == "#" })
            let body = letters.reversed().drop { $0 == "#" }
            // Closing marks stand behind a space: `# C#` keeps its own.
            if body.first?.isWhitespace ?? true { letters = body.reversed() }
        } else if let line = letters.lastIndex(where: \.isNewline) {
            letters = Array(letters[..<line])
        }
        return collapsed(withoutMarkup(letters))
    }

    private static func withoutMarkup(_ letters: [Character]) -> [Character] {
        var text: [Character] = []
        var position = 0
        while position < letters.count {
            let letter = letters[position]
            let next = position + 1 < letters.count ? letters[position + 1] : nil
            if letter == "!", next == "[", let end = letters[position...].firstIndex(of: ")") {
                // An image says nothing.
                position = end
            } else if letter == "]", next == "(", let end = letters[position...].firstIndex(of: ")") {
                position = end
            } else if letter == "\\", let next, next.isPunctuation || next.isSymbol {
                text.append(next)
                position += 1
            } else if letter != "`", letter != "*", letter != "[", letter != "]" {
                text.append(letter)
            }
            position += 1
        }
        return text
    }

    private static func collapsed(_ letters: [Character]) -> String {
        letters.split(whereSeparator: \.isWhitespace).map { String($0) }.joined(separator: " ")
    }
}
