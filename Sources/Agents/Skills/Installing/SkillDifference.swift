package import Base

/// What differs between two versions of a skill.
package struct SkillDifference: Sendable, Hashable {
    /// How a file changed.
    package enum Change: String, Sendable, Hashable {
        case added, removed, changed
    }

    /// One file.
    package struct File: Sendable, Hashable {
        package var path: String
        package var change: Change
        /// Lines with `-`, `+` or a space before them; empty where the file is no text, or too long.
        package var lines: [String]
    }

    package let files: [File]

    private static let mostBytes = 256 << 10
    private static let context = 2

    package init(from old: SkillContent, to new: SkillContent) {
        let before = Dictionary(old.files.map { ($0.path, $0) }) { first, _ in first }
        let after = Dictionary(new.files.map { ($0.path, $0) }) { first, _ in first }
        files = Set(before.keys).union(after.keys).sorted().compactMap { path in
            guard before[path] != after[path] else { return nil }
            let change: Change = before[path] == nil ? .added : after[path] == nil ? .removed : .changed
            return File(
                path: path, change: change, lines: Self.lines(before[path]?.bytes ?? [], after[path]?.bytes ?? []))
        }
    }

    private static func lines(_ old: [UInt8], _ new: [UInt8]) -> [String] {
        guard old.count <= mostBytes, new.count <= mostBytes, !old.contains(0), !new.contains(0) else { return [] }
        let before = text(old)
        let after = text(new)
        let difference = after.difference(from: before)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let place, _, _): removed.insert(place)
            case .insert(let place, _, _): inserted.insert(place)
            }
        }
        var rows: [(mark: String, line: String)] = []
        var (left, right) = (0, 0)
        while left < before.count || right < after.count {
            if removed.contains(left) {
                rows.append(("-", before[left]))
                left += 1
            } else if inserted.contains(right) {
                rows.append(("+", after[right]))
                right += 1
            } else {
                rows.append((" ", before[left]))
                left += 1
                right += 1
            }
        }
        var shown: [String] = []
        var last = -1
        for (place, row) in rows.enumerated() {
            let near = rows[max(0, place - context)...min(rows.count - 1, place + context)]
            guard near.contains(where: { $0.mark != " " }) else { continue }
            if last >= 0, place > last + 1 { shown.append("…") }
            shown.append(row.mark + row.line)
            last = place
        }
        return shown
    }

    private static func text(_ bytes: [UInt8]) -> [String] {
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    /// As JSON.
    package var json: JSONValue {
        .array(
            files.map {
                .object([
                    "path": .string($0.path), "change": .string($0.change.rawValue),
                    "lines": .array($0.lines.map(JSONValue.string)),
                ])
            })
    }

    /// For people.
    package var text: String {
        files.map { file in
            (["\(file.change.rawValue) \(ToolText.oneLine(file.path))"] + file.lines.map { "  " + $0 }).joined(
                separator: "\n")
        }.joined(separator: "\n")
    }
}
