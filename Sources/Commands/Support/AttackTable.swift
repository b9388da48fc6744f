internal import Sandbox

/// What `neo sandbox doctor` found, for people.
struct AttackTable {
    let parts: [WallPart]
    let rows: [AttackRow]
    let isCompared: Bool

    private static let titles = [
        "network": "network, none allowed", "egress": "network, some hosts allowed",
        "neighbours": "another run that is under way",
    ]

    var text: String {
        var lines = parts.map { part in
            let word = part.isThere ? "ok  " : part.isNeeded ? "MISS" : "none"
            return "\(word)  \(part.name): \(part.detail)" + (part.remedy.map { "\n      mend it: \($0)" } ?? "")
        }
        if rows.isEmpty {
            return (lines + ["", "No attack was tried: nothing can run inside walls here."]).joined(separator: "\n")
        }
        lines.append("")
        var area = ""
        let width = rows.map(\.name.count).max() ?? 0
        for row in rows {
            if row.area != area {
                area = row.area
                let heads = isCompared ? "  walls    plain    none" : ""
                lines.append(padded(Self.titles[area] ?? area, to: width + 2) + heads)
            }
            lines.append(line(row, width))
        }
        lines += ["", summary]
        return lines.joined(separator: "\n")
    }

    private func line(_ row: AttackRow, _ width: Int) -> String {
        var text = "  " + padded(row.name, to: width) + "  " + word(row.outcome)
        for other in [row.plain, row.unwalled] {
            if let other { text += "  " + word(other) }
        }
        if row.provesWalls == false { text += "  proves nothing here: \(row.unwalled?.detail ?? "")" }
        if !isCompared || row.outcome.verdict != .blocked { text += "  " + row.outcome.detail }
        return text + (row.remedy.map { "\n    mend it: \($0)" } ?? "")
    }

    private func word(_ outcome: AttackOutcome) -> String {
        padded(outcome.verdict == .through ? "THROUGH" : outcome.verdict.rawValue, to: 7)
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private var summary: String {
        func count(_ outcomes: [AttackOutcome], _ verdict: AttackVerdict) -> Int {
            outcomes.count { $0.verdict == verdict }
        }
        let ours = rows.map(\.outcome)
        var text = "\(count(ours, .blocked)) of \(rows.count) attacks were blocked"
        for (verdict, words) in [
            (AttackVerdict.through, "got through"), (.unclear, "ended unclearly"), (.skipped, "could not be tried"),
        ] where count(ours, verdict) > 0 { text += ", \(count(ours, verdict)) \(words)" }
        text += "."
        let plain = rows.compactMap(\.plain)
        let unwalled = rows.compactMap(\.unwalled)
        if !plain.isEmpty {
            text += " A plain read-only profile let \(count(plain, .through)) through, no walls "
            text += "\(count(unwalled, .through))."
            let idle = rows.count { $0.provesWalls == false }
            if idle > 0 { text += " \(idle) say nothing about the walls of this machine: they got through nowhere." }
        }
        return text
    }
}
