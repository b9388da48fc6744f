/// Takes Markdown's marks out of a sentence, for questions: people do not type them.
enum PlainText {
    /// The words of a sentence: of links their text, of code what stands between the backticks.
    static func of(_ markdown: String) -> String {
        var result = ""
        var rest = markdown[...]
        while let first = rest.first {
            if first == "[", let link = link(rest) {
                result += of(String(link.text))
                rest = link.rest
            } else if first == "!", rest.dropFirst().first == "[", let link = link(rest.dropFirst()) {
                rest = link.rest
            } else if first == "<", let close = rest.firstIndex(of: ">"), !rest[..<close].contains(" ") {
                let tag = rest[rest.index(after: rest.startIndex)..<close]
                if tag.hasPrefix("doc:") { result += tag.dropFirst(4) }
                rest = rest[rest.index(after: close)...]
            } else if first == "`" || first == "*" || first == "\\" {
                rest = rest.dropFirst()
            } else if first == "_", !(result.last?.isLetter ?? false) || !(rest.dropFirst().first?.isLetter ?? false) {
                // An underscore within a name stays.
                rest = rest.dropFirst()
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return result.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The words of a heading, without the marks around it.
    static func of(heading: String) -> String {
        let line = heading.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return of(line).trimming { $0 == "#" || $0 == "=" || $0.isWhitespace }
    }

    /// `[text](address)` or `[text][name]`; a footnote says nothing.
    private static func link(_ rest: Substring) -> (text: Substring, rest: Substring)? {
        guard let close = rest.firstIndex(of: "]") else { return nil }
        let text = rest[rest.index(after: rest.startIndex)..<close]
        let after = rest[rest.index(after: close)...]
        if text.first == "^" || text.allSatisfy(\.isNumber) { return ("", after) }
        let ends: [Character: Character] = ["(": ")", "[": "]"]
        if let open = after.first, let end = ends[open], let last = after.firstIndex(of: end) {
            return (text, after[after.index(after: last)...])
        }
        return (text, after)
    }
}

extension StringProtocol {
    /// The text without characters at its ends.
    func trimming(_ isTrimmed: (Character) -> Bool) -> String {
        guard let first = firstIndex(where: { !isTrimmed($0) }), let last = lastIndex(where: { !isTrimmed($0) }) else {
            return ""
        }
        return String(self[first...last])
    }
}
