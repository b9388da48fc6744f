/// A `SKILL.md` cut into its front matter and its body.
enum SkillText {
    /// The parts as a reader for people cuts them: `---` on a line of its own. Nil where there is no front matter.
    static func parts(_ text: String) -> (matter: String, body: String)? {
        let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        func isFence(_ line: Substring) -> Bool {
            line == "---" || (line.hasPrefix("---") && line.dropFirst(3).allSatisfy { $0 == " " })
        }
        guard let first = lines.first, isFence(first),
            let end = lines.dropFirst().firstIndex(where: isFence)
        else { return nil }
        return (
            lines[1..<end].joined(separator: "\n"),
            lines[(end + 1)...].drop { $0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
        )
    }

    /// The front matter as the reference validator cuts it: between the first three dashes and the next three, wherever
    /// they stand.
    static func strictMatter(_ text: String) -> StrictPart {
        let text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        guard text.hasPrefix("---") else { return .missing }
        let rest = text.dropFirst(3)
        guard let end = rest.firstRange(of: "---") else { return .open }
        return .matter(String(rest[..<end.lowerBound]))
    }

    enum StrictPart: Sendable, Hashable {
        case matter(String)
        case missing
        case open
    }

    /// YAML that is deeper or longer is no description of a skill; the reader recurses.
    static func isShallow(_ yaml: String) -> Bool {
        guard yaml.utf8.count <= 64 << 10 else { return false }
        var brackets = 0
        for byte in yaml.utf8 where byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { brackets += 1 }
        // Each step of an indentation takes a space at least, each `-` or `?` on a line one, too.
        return brackets <= 64
            && yaml.split(separator: "\n").allSatisfy { line in
                line.prefix { " -?".contains($0) }.count <= 128
            }
    }
}
