extension Audit {
    /// What a terminal shows: in short, and each finding with what to do.
    package var summary: String {
        var lines: [String] = []
        for block in AuditContent(audit: self).short {
            switch block {
            case .paragraph(let text): lines += [text, ""]
            case .list(let items): lines += items.map { "  \($0)" } + [""]
            default: break
            }
        }
        if !families.isEmpty {
            lines.append("Attacks: succeeded of delivered, and the share that may succeed all the same (95 %):")
            let width = families.map(\.family.count).max() ?? 0
            lines += families.map { family in
                let name = family.family + String(repeating: " ", count: width - family.family.count)
                return "  \(name)  \(family.failed) of \(family.delivered)  \(family.riskWords)"
            }
            lines.append("")
        }
        lines.append("All of it, in plain words: audit.md, audit.html, audit.json.")
        return lines.joined(separator: "\n")
    }
}
