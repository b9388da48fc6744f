/// In what a document differs from what was approved.
enum DocumentChanges {
    /// More lines than that nobody reads at a terminal.
    private static let most = 60

    /// Requirements by their fields, all else line by line, as `- old` and `+ new`.
    static func lines(_ kind: ReviewedDocument.Kind, from old: String, to new: String) -> [String] {
        let all: [String]
        switch kind {
        case .requirements:
            let fields = RequirementsDifference.all(
                from: RequirementsReader(old).document, to: RequirementsReader(new).document
            ).map(\.words)
            // Two texts may have equal fields, such as where only blanks changed.
            all = fields.isEmpty ? text(from: old, to: new) : fields
        case .design: all = text(from: old, to: new)
        }
        guard all.count > most else { return all }
        return all.prefix(most) + ["… and \(all.count - most) more"]
    }

    private static func text(from old: String, to new: String) -> [String] {
        func rows(_ text: String) -> [Substring] { text.split(omittingEmptySubsequences: false) { $0.isNewline } }
        let (before, after) = (rows(old), rows(new))
        // Beyond this the comparison itself, which is quadratic, would take minutes.
        guard before.count + after.count <= 20_000 else { return ["\(after.count) lines instead of \(before.count)"] }
        var found: [(place: Int, order: Int, line: String)] = []
        for change in after.difference(from: before) {
            switch change {
            case .remove(let place, let line, _): found.append((place, 0, "- \(shown(line))"))
            case .insert(let place, let line, _): found.append((place, 1, "+ \(shown(line))"))
            }
        }
        return found.sorted { ($0.place, $0.order) < ($1.place, $1.order) }.map(\.line)
    }

    private static func shown(_ line: Substring) -> String { RequirementNames.line(String(line), to: 160) }
}
