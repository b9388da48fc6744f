package import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Rows that a query gave.
package struct QueryRows: Sendable, Hashable {
    /// A column of the result.
    package struct Column: Sendable, Hashable {
        package var name: String
        /// DuckDB's type.
        package var type: String

        /// Whether its values are numbers, which stand at the right of a column.
        package var isNumber: Bool {
            ["INT", "DOUBLE", "FLOAT", "DECIMAL"].contains { type.contains($0) } && !type.hasSuffix("]")
        }
    }

    package var columns: [Column]
    /// A value for each column; NaN and infinities are the texts `NaN`, `Infinity` and `-Infinity`.
    package var rows: [[JSONValue]]
    /// Whether there are no more.
    package var isComplete: Bool

    /// Reads what DuckDB wrote, a JSON object a line.
    init(columns: String, rows: String, limit: Int) throws {
        let names = try Self.objects(columns)
        self.columns = names.map {
            Column(name: $0["column_name"]?.string ?? "", type: $0["column_type"]?.string ?? "")
        }
        let all = try Self.objects(rows)
        let order = self.columns.map(\.name)
        self.rows = all.prefix(limit).map { row in order.map { row[$0] ?? .null } }
        isComplete = all.count <= limit
    }

    private static func objects(_ path: String) throws -> [[String: JSONValue]] {
        let bytes = JSONNumbers.quotingWhatIsNone(in: FileManager.default.contents(atPath: path) ?? Data())
        return try bytes.split(separator: UInt8(ascii: "\n")).compactMap { try JSONValue(parsing: Data($0)).object }
    }

    /// The rows as one JSON object.
    package var json: JSONValue {
        [
            "columns": .array(columns.map { ["name": .string($0.name), "type": .string($0.type)] }),
            "rows": .array(rows.map { .array($0) }), "complete": .bool(isComplete),
        ]
    }

    /// The rows as a table, long values cut short.
    package func table(widest: Int = 60) -> String {
        let cells = [columns.map(\.name)] + rows.map { $0.map { Self.cell($0, widest) } }
        let widths = columns.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        var lines = cells.map { line in
            line.enumerated().map { column, text in
                let room = String(repeating: " ", count: widths[column] - text.count)
                return columns[column].isNumber ? room + text : column == line.count - 1 ? text : text + room
            }.joined(separator: "  ")
        }
        lines.insert(widths.map { String(repeating: "─", count: max(1, $0)) }.joined(separator: "  "), at: 1)
        return lines.joined(separator: "\n")
    }

    private static func cell(_ value: JSONValue, _ widest: Int) -> String {
        let text: String
        switch value {
        case .null: text = "NULL"
        case .string(let string): text = string
        default: text = value.canonicalText
        }
        let line = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
        return line.count > widest ? line.prefix(widest - 1) + "…" : line
    }
}
