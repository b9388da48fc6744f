internal import Base
internal import Retrieval

/// The directives of DocC: `@Image(source: x)`, `@Row { … }`, `@Metadata { … }`.
extension MarkdownParser {
    struct Directive {
        var name: String
        /// Between the parentheses; nil where there are none.
        var arguments: Range<Int>?
        /// Behind the name and the arguments.
        var end: Int
        /// A `{` that is not closed on its line.
        var opens: Bool
    }

    /// The directive that a line is. `@main` and other attributes in small letters are not.
    func directive(_ line: TextLine) -> Directive? {
        guard bytes[line.content] == UInt8(ascii: "@"), line.content + 1 < line.end else { return nil }
        var position = line.content + 1
        guard (0x41...0x5A).contains(bytes[position]) else { return nil }
        while position < line.end, bytes[position].isLetter || bytes[position].isDigit { position += 1 }
        let name = text(line.content + 1..<position)
        var rest = position
        while rest < line.end, bytes[rest].isBlank { rest += 1 }
        var arguments: Range<Int>?
        if rest < line.end, bytes[rest] == UInt8(ascii: "(") {
            guard let close = bytes[rest..<line.end].lastIndex(of: UInt8(ascii: ")")) else { return nil }
            arguments = rest + 1..<close
            position = close + 1
            rest = position
            while rest < line.end, bytes[rest].isBlank { rest += 1 }
        }
        let isOpening = rest < line.end && bytes[rest] == UInt8(ascii: "{")
        guard rest == line.end ? arguments != nil : isOpening else { return nil }
        let isClosed = isOpening && bytes[line.end - 1] == UInt8(ascii: "}")
        return Directive(name: name, arguments: arguments, end: position, opens: isOpening && !isClosed)
    }

    func isClosingBrace(_ line: TextLine) -> Bool {
        line.end - line.content == 1 && bytes[line.content] == UInt8(ascii: "}")
    }

    mutating func takeDirective() -> Bool {
        let line = lines[next]
        if openDirectives > 0, isClosingBrace(line) {
            openDirectives -= 1
            next += 1
            return true
        }
        guard isAtMargin(line), let directive = directive(line) else { return false }
        if directive.name == "Metadata" || directive.name == "Comment", skipHidden(directive) { return true }
        next += 1
        if directive.opens {
            openDirectives += 1
            // `@Row {` says nothing; `@Tab("Linux") {` does.
            if directive.arguments != nil { add(.paragraph, line.content..<directive.end) }
        } else {
            add(.paragraph, line.content..<line.end)
        }
        return true
    }

    /// `@Metadata` and `@Comment` are shown to nobody: what they say is noted, and they are no block.
    private mutating func skipHidden(_ directive: Directive) -> Bool {
        guard directive.opens else {
            next += 1
            return true
        }
        guard !metadataIsUnclosed else { return false }
        var depth = 0
        for index in next..<lines.count {
            let content = bytes[lines[index].content..<lines[index].end]
            for byte in content where byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
                depth += byte == UInt8(ascii: "{") ? 1 : -1
            }
            guard depth <= 0 else { continue }
            if directive.name == "Metadata" { note(next + 1..<index) }
            next = index + 1
            return true
        }
        metadataIsUnclosed = true
        return false
    }

    /// `@DisplayName("Neo")` → `DisplayName: Neo`.
    private mutating func note(_ range: Range<Int>) {
        for line in lines[range] where !line.isBlank {
            guard let child = directive(line) else { continue }
            let value = child.arguments.map { text($0) } ?? ""
            let isQuoted = value.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"")
            directives[child.name] = .string(isQuoted ? String(value.dropFirst().dropLast()) : value)
        }
    }
}
