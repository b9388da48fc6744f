internal import Base

/// The report as Markdown: for a terminal, a pull request, a language model.
enum MarkdownReport {
    static func render(_ results: SearchResults, manifest: JSONValue? = nil) -> String {
        let content = ReportContent(results: results, manifest: manifest)
        return document(content.title, content.blocks)
    }

    /// Another document of such pieces.
    static func document(_ title: String, _ blocks: [ReportBlock]) -> String {
        let parts = ["# " + escaped(title)] + blocks.compactMap(text)
        return parts.joined(separator: "\n\n") + "\n"
    }

    private static func text(_ block: ReportBlock) -> String? {
        switch block {
        case .heading(let text): return "## " + escaped(text)
        case .paragraph(let text): return escaped(text)
        case .list(let items): return items.map { "- " + escaped($0) }.joined(separator: "\n")
        case .table(let header, let rows):
            let rule = header.map { _ in "---" }
            return ([header.map(escaped), rule] + rows.map { $0.map(escaped) })
                .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
        case .command(let text): return "```sh\n" + ReportText.line(text).replacing("`", with: "'") + "\n```"
        case .charts: return nil
        }
    }

    /// Text in which nothing is markup any more, on one line, also inside of a table.
    static func escaped(_ text: String) -> String {
        let characters = Array(ReportText.line(text).trimmed)
        var result = ""
        for (position, character) in characters.enumerated() {
            let before = position > 0 ? characters[position - 1] : nil
            let after = position + 1 < characters.count ? characters[position + 1] : nil
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\\", "`", "*", "[", "]", "|", "#", "~", "$", "@": result += "\\\(character)"
            case "_" where !(isWord(before) && isWord(after)): result += "\\_"
            // A bare address would become a link.
            case "/" where before == ":" && after == "/": result += "\\/"
            case "." where position >= 3 && characters[position - 3..<position].allSatisfy { $0 == "w" || $0 == "W" }:
                result += "\\."
            // A list or a rule at the start of a line.
            case "-" where before == nil, "+" where before == nil, "=" where before == nil: result += "\\\(character)"
            case ".", ")":
                let isListNumber = position > 0 && characters[..<position].allSatisfy(\.isNumber)
                result += isListNumber && after == " " ? "\\\(character)" : String(character)
            default: result.append(character)
            }
        }
        return result
    }

    private static func isWord(_ character: Character?) -> Bool {
        character.map { $0.isLetter || $0.isNumber } ?? false
    }
}

extension String {
    /// Without the white space at both ends.
    fileprivate var trimmed: Substring {
        var rest = self[...]
        while rest.first?.isWhitespace ?? false { rest.removeFirst() }
        while rest.last?.isWhitespace ?? false { rest.removeLast() }
        return rest
    }
}
