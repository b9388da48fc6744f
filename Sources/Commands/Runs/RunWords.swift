internal import Base
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Runs as text and as JSON.
enum RunWords {
    /// A number as short as it is told apart: 4 digits, or an exponent.
    static func number(_ value: Double) -> String { FigureText.short(value) }

    /// A date to the second.
    static func time(_ seconds: Double) -> String {
        Date(timeIntervalSince1970: seconds).timestamp.replacing("T", with: " ").replacing("Z", with: "")
    }

    /// How long a run took, or has taken.
    static func duration(_ run: Run) -> String {
        let seconds = max(0, (run.ended ?? run.lastLogged) - run.started)
        return seconds < 60 ? "\((seconds * 10).rounded() / 10)s" : ProgressLine.clock(seconds)
    }

    /// A line of eight heights; what is no number is a gap.
    static func sparkline(_ values: [Double]) -> String {
        let numbers = values.filter(\.isFinite)
        guard let least = numbers.min(), let greatest = numbers.max() else { return "" }
        let bars = Array("▁▂▃▄▅▆▇█")
        return String(
            values.map { value in
                guard value.isFinite else { return value.isNaN ? " " : value > 0 ? "█" : "▁" }
                guard greatest > least else { return "▄" }
                return bars[min(7, Int((value - least) / (greatest - least) * 8))]
            })
    }

    /// Rows in columns; the last is as long as it is.
    static func table(_ rows: [[String]]) -> String {
        guard let head = rows.first else { return "" }
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, text in
                column == row.count - 1 ? text : text + String(repeating: " ", count: widths[column] - text.count)
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    /// A run for programs.
    static func json(_ run: Run) -> JSONValue {
        func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        return [
            "id": .string(run.id.text), "project": .string(run.project), "kind": .string(run.kind),
            "group": optional(run.group), "name": .string(run.name), "parent": optional(run.parent?.text),
            "status": .string(run.status.rawValue), "failure": optional(run.failure), "config": run.configuration,
            "tags": .array(run.tags.map { .string($0) }), "notes": optional(run.notes),
            "git_commit": optional(run.origin.commit), "git_dirty": run.origin.isDirty.map { .bool($0) } ?? .null,
            "host": optional(run.origin.host), "hardware": run.origin.hardware ?? .null,
            "command": .array(run.origin.command.map { .string($0) }),
            "seed": optional(run.origin.seed.map { String($0) }), "started": .number(run.started),
            "ended": run.ended.map { .number($0) } ?? .null, "last_logged": .number(run.lastLogged),
            "points": .integer(run.points),
        ]
    }

    /// A metric for programs.
    static func json(_ summary: SeriesSummary) -> JSONValue {
        [
            "metric": .string(summary.metric), "system": .bool(summary.isSystem), "count": .integer(summary.count),
            "last_step": .integer(summary.lastStep), "last": .number(summary.lastValue),
            "minimum": .number(summary.minimum), "maximum": .number(summary.maximum),
        ]
    }
}
