/// Tells texts that only link elsewhere from those that say something.
enum MarkdownLinks {
    /// Whether a text has no words outside its links, pictures, code and addresses: a list of links, a row of badges, a
    /// list of symbols.
    static func isAll(_ text: Substring) -> Bool {
        var words = 0
        for word in outside(text).split(whereSeparator: { !$0.isLetter && $0 != "'" && $0 != "’" && $0 != "-" })
        where word.contains(where: \.isLetter) {
            words += 1
            // "See also" and "and" say nothing yet.
            if words > 2 { return false }
        }
        // Chinese and Japanese have no spaces to count words by.
        return !text.unicodeScalars.contains { $0.properties.isIdeographic } && (words == 0 || hasLink(text))
    }

    private static func hasLink(_ text: Substring) -> Bool {
        text.contains("](") || text.contains("<doc:") || text.contains("://") || text.contains("``")
    }

    /// What stands outside brackets with an address, angle brackets, backticks and bare addresses.
    private static func outside(_ text: Substring) -> String {
        var result = ""
        var position = text.startIndex
        while position < text.endIndex {
            if let end = end(of: text, at: position) {
                result.append(" ")
                position = end
            } else {
                result.append(text[position])
                position = text.index(after: position)
            }
        }
        return result
    }

    private static func end(of text: Substring, at position: String.Index) -> String.Index? {
        let rest = text[position...]
        switch text[position] {
        case "[": return endOfLink(rest)
        case "`":
            let mark = rest.prefix { $0 == "`" }
            return rest.dropFirst(mark.count).firstRange(of: mark)?.upperBound
        case "<": return rest.firstIndex(of: ">").map { text.index(after: $0) }
        case "h" where rest.hasPrefix("http://") || rest.hasPrefix("https://"):
            return rest.firstIndex(where: \.isWhitespace) ?? text.endIndex
        default: return nil
        }
    }

    /// The end of `[text](address)`, `[text][name]` or `[text]`, where brackets may stand in brackets.
    private static func endOfLink(_ rest: Substring) -> String.Index? {
        guard let close = closing(rest, "[", "]") else { return nil }
        let after = rest[rest.index(after: close)...]
        let pair: (Character, Character)? =
            switch after.first {
            case "(": ("(", ")")
            case "[": ("[", "]")
            default: nil
            }
        guard let pair else { return after.startIndex }
        return closing(after, pair.0, pair.1).map { rest.index(after: $0) } ?? after.startIndex
    }

    private static func closing(_ text: Substring, _ open: Character, _ close: Character) -> String.Index? {
        var depth = 0
        for index in text.indices {
            if text[index] == open { depth += 1 }
            if text[index] == close { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }
}
