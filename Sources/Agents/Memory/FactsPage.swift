/// `facts.md`: a list in Markdown that people may edit. A point is a fact; points below it say where it comes from.
struct FactsPage: Sendable, Hashable {
    static let name = "facts.md"
    static let beginning = """
        # Facts

        A point is a fact; below it stand its source and the day on which it was noted. Edit them as you like.


        """

    var facts: [MemoryFact]

    /// Reads a page. What is no point is somebody's text, and no fact.
    init(_ text: String) {
        facts = []
        for line in text.split(whereSeparator: \.isNewline) {
            if let match = line.wholeMatch(of: /[-*] (.+?)(?: \[([0-9a-f]{8})\])?\s*/) {
                let words = String(match.1)
                facts.append(MemoryFact(id: match.2.map(String.init) ?? Self.id(of: words), text: words))
            } else if let last = facts.indices.last, let match = line.wholeMatch(of: /\s+[-*] ([a-z]+): (.+)/) {
                let value = String(match.2)
                switch match.1 {
                case "source": facts[last].source = Self.source(value)
                case "noted": (facts[last].date, facts[last].author) = Self.noted(value)
                default: break
                }
            }
        }
    }

    /// A fact as it is appended.
    static func lines(_ fact: MemoryFact) -> String {
        var lines = ["- \(MemoryText.line(fact.text)) [\(fact.id)]"]
        switch fact.source {
        case .file(let path, let quote?, _): lines.append("  - source: `\(path)` \"\(MemoryText.line(quote))\"")
        case .file(let path, nil, let hash): lines.append("  - source: `\(path)`\(hash.map { " as of \($0)" } ?? "")")
        case .page(let address): lines.append("  - source: \(MemoryText.line(address))")
        case .person(let name): lines.append("  - source: \(MemoryText.line(name))")
        case nil: break
        }
        if let date = fact.date {
            lines.append("  - noted: \(date)\(fact.author.map { " by \(MemoryText.line($0))" } ?? "")")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Names a fact by what it says.
    static func id(of text: String) -> String { String(MemoryFact.hash(MemoryText.line(text)).prefix(8)) }

    /// A page without a fact and what stands below it.
    static func text(_ text: String, without id: String) -> String {
        var kept: [Substring] = []
        var isGone = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isIndented = line.first?.isWhitespace ?? false
            if !isIndented { isGone = !line.isEmpty && FactsPage(String(line)).facts.first?.id == id }
            if !isGone { kept.append(line) }
        }
        return kept.joined(separator: "\n")
    }

    /// A page with a line at the end of a section; where the section is missing, it is made.
    static func adding(_ line: String, under heading: String, to text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let start = lines.firstIndex(of: heading) else {
            return text + (text.hasSuffix("\n") ? "" : "\n") + "\n\(heading)\n\n\(line)\n"
        }
        let end = lines[(start + 1)...].firstIndex { $0.hasPrefix("#") } ?? lines.count
        let last = lines[start..<end].lastIndex { !$0.isEmpty } ?? start
        lines.insert(contentsOf: last == start ? ["", line] : [line], at: last + 1)
        return lines.joined(separator: "\n")
    }

    private static func source(_ text: String) -> MemoryFact.Source {
        if let match = text.wholeMatch(of: /`([^`]+)` "(.+)"\s*/) {
            return .file(String(match.1), quote: String(match.2), hash: nil)
        }
        if let match = text.wholeMatch(of: /`([^`]+)`(?: as of ([0-9a-f]{12}))?\s*/) {
            return .file(String(match.1), quote: nil, hash: match.2.map(String.init))
        }
        return text.hasPrefix("http://") || text.hasPrefix("https://") ? .page(text) : .person(text)
    }

    private static func noted(_ text: String) -> (date: String?, author: String?) {
        guard let match = text.wholeMatch(of: /(\d{4}-\d{2}-\d{2})(?: by (.+))?/) else { return (nil, nil) }
        return (String(match.1), match.2.map(String.init))
    }
}
