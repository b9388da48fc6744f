/// A pattern of documents' names: `hr/**`, `*.md`, `{board,hr}/**`. `*` and `?` stand for what is within a name, `**` for any
/// number of folders.
///
/// Other than in the patterns that find documents, a hidden file is a file like others: who keeps `hr/**` from somebody
/// means `hr/.notes.md`, too. What holds no wildcard is compared as text, so that it does not matter how a file system
/// writes an accent.
package struct DocumentPattern: Sendable, Hashable {
    private enum Part: Sendable, Hashable {
        case anyFolders
        case literal(String)
        case name(NamePattern)
    }

    /// The pattern as it was written.
    package let source: String
    private let alternatives: [[Part]]

    /// Takes a pattern apart.
    ///
    /// - Throws: `DocumentsError` where it has too many alternatives.
    package init(_ source: String) throws(DocumentsError) {
        self.source = source
        alternatives = try GlobPattern.expandBraces(source, source: source).map { text in
            text.split(separator: "/").filter { $0 != "." }.map { part in
                if part == "**" { return .anyFolders }
                return part.contains { "*?[\\".contains($0) }
                    ? .name(NamePattern(String(part))) : .literal(String(part))
            }
        }
    }

    /// Whether a name, with `/` between its parts, fits.
    package func matches(_ name: String) -> Bool {
        let names = name.split(separator: "/").filter { $0 != "." }.map(String.init)
        return alternatives.contains { Self.matches(names, $0) }
    }

    /// Part by part over all places that can be reached, so that many `**` cost no more than their number times the names'.
    private static func matches(_ names: [String], _ parts: [Part]) -> Bool {
        var reachable: Set<Int> = [0]
        for part in parts {
            guard let first = reachable.min() else { return false }
            switch part {
            case .anyFolders: reachable = Set(first...names.count)
            case .literal(let text):
                reachable = Set(reachable.filter { $0 < names.count && names[$0] == text }.map { $0 + 1 })
            case .name(let pattern):
                reachable = Set(
                    reachable.filter { $0 < names.count && pattern.matches(names[$0], hidden: true) }.map { $0 + 1 })
            }
        }
        return reachable.contains(names.count)
    }
}
