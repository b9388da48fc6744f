/// What one line of Markdown is.
struct MarkdownLine {
    /// The line without indentation and the marks of a quotation.
    let content: Substring
    /// Whether it begins with space.
    let isIndented: Bool
    /// Whether it is indented as much as code.
    let isIndentedCode: Bool

    init(_ line: Substring) {
        let space = line.prefix { $0 == " " || $0 == "\t" }
        isIndented = !space.isEmpty
        isIndentedCode = space.count >= 4 || space.contains("\t")
        var content = line.dropFirst(space.count)
        while content.first == ">" {
            content = content.dropFirst()
            if content.first == " " { content = content.dropFirst() }
        }
        self.content = content
    }

    /// Whether there is nothing in it.
    var isBlank: Bool { content.allSatisfy(\.isWhitespace) }

    /// The mark of a line that begins or ends a code block.
    var fence: Character? {
        if content.hasPrefix("```") { return "`" }
        return content.hasPrefix("~~~") ? "~" : nil
    }

    /// The mark of a line of one mark: `=` and `-` make a heading of what stands above, the others are a rule.
    var underline: Character? {
        let marks = content.filter { !$0.isWhitespace }
        guard marks.count >= 3, let first = marks.first, "=-*_".contains(first) else { return nil }
        return marks.allSatisfy { $0 == first } ? first : nil
    }

    /// Whether it is a heading, a table's row, HTML, a link definition, or a directive.
    var isMarkup: Bool {
        if let first = content.first {
            if first == "|" || isHTML || content == "}" { return true }
            if first == "@", content.dropFirst().first?.isUppercase == true { return true }
            if first == "#", content.drop(while: { $0 == "#" }).first?.isWhitespace ?? true { return true }
        }
        return isLinkDefinition
    }

    /// What follows a heading of a wiki, `== Title ==`, on its line; nil where there is none.
    var afterWikiHeading: Substring? {
        guard content.hasPrefix("==") else { return nil }
        let title = content.drop { "= ".contains($0) }
        guard let end = title.firstRange(of: " =="), !title[..<end.lowerBound].contains("=") else { return nil }
        return title[end.lowerBound...].drop { "= ".contains($0) }
    }

    /// What ends the comment that begins here: an HTML comment's mark, or the brace of DocC's `@Comment {`.
    var endOfHidden: String? {
        if content.hasPrefix("<!--") { return "-->" }
        return content.hasPrefix("@Comment") && content.contains("{") ? "}" : nil
    }

    /// Whether it begins with a tag. `<doc:Article>` and `<https://…>` are links, and may begin a sentence.
    private var isHTML: Bool {
        guard content.first == "<" else { return false }
        let name = content.dropFirst().prefix { $0 != ">" && !$0.isWhitespace }
        return !name.contains(":")
    }

    /// What follows a list's mark; nil where the line begins no item.
    var listItem: Substring? {
        var rest = content
        if let first = rest.first, "-*+".contains(first) {
            rest = rest.dropFirst()
        } else {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard (1...9).contains(digits.count) else { return nil }
            rest = rest.dropFirst(digits.count)
            guard let mark = rest.first, mark == "." || mark == ")" else { return nil }
            rest = rest.dropFirst()
        }
        guard rest.first?.isWhitespace == true else { return nil }
        rest = rest.drop(while: \.isWhitespace)
        for box in ["[ ] ", "[x] ", "[X] "] where rest.hasPrefix(box) { rest = rest.dropFirst(box.count) }
        return rest
    }

    private var isLinkDefinition: Bool {
        guard content.first == "[", let end = content.firstIndex(of: "]") else { return false }
        return content[content.index(after: end)...].first == ":"
    }

    /// Whether it is the row of a table that stands between its head and its body.
    var isDelimiterRow: Bool {
        content.contains("|") && content.contains("-") && content.allSatisfy { "|-: ".contains($0) }
    }

    /// How many lines of front matter a text begins with.
    static func frontMatterLength(_ lines: [Substring]) -> Int {
        guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else { return 0 }
        return end + 1
    }

    /// Whether the text begins inside a code block: the first fence is bare, and one fence is left over.
    static func beginsInsideFence(_ lines: ArraySlice<Substring>) -> Bool {
        let fences = lines.map(MarkdownLine.init).filter { $0.fence != nil }
        guard fences.count % 2 == 1, let first = fences.first else { return false }
        return first.content.allSatisfy { $0 == "`" || $0 == "~" || $0.isWhitespace }
    }
}
