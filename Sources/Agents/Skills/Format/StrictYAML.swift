internal import Yams

/// The YAML that `strictyaml` reads: no flow style, tags, anchors, aliases or merge keys, and mappings that are values of
/// one mapping begin at one column.
struct StrictYAML {
    private let lines: [[Unicode.Scalar]]

    init(_ yaml: String) {
        lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
    }

    /// What of a node is no part of it, a sentence each.
    func problems(of node: Node) -> [String] {
        var problems: [String] = []
        switch first(of: node) {
        case "!": problems.append(Self.sentence("a tag (!)", node))
        case "&", "*": problems.append(Self.sentence("an anchor or alias (& or *)", node))
        // The parser's own mark of the style is not to be relied on; a plain text cannot begin so.
        case "{", "[": problems.append(Self.sentence("flow style ({} or [])", node))
        default: break
        }
        var column: Int?
        for (key, value) in node.mapping ?? [:] {
            if key.scalar?.string == "<<", key.scalar?.style == .plain {
                problems.append(Self.sentence("a merge key (<<)", key))
            }
            problems += self.problems(of: key) + self.problems(of: value)
            guard value.mapping != nil, let place = value.mark?.column else { continue }
            if let column, place != column {
                problems.append(Self.sentence("mappings that are indented differently", value))
            }
            column = column ?? place
        }
        for item in node.sequence ?? [] { problems += self.problems(of: item) }
        return problems
    }

    private func first(of node: Node) -> Unicode.Scalar? {
        guard let mark = node.mark, lines.indices.contains(mark.line - 1) else { return nil }
        let line = lines[mark.line - 1]
        return line.indices.contains(mark.column - 1) ? line[mark.column - 1] : nil
    }

    private static func sentence(_ what: String, _ node: Node) -> String {
        "The front matter has \(what) in line \(node.mark?.line ?? 1), which the specification's YAML does not have."
    }
}
