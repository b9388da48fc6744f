internal import Base
internal import Storage

/// Points of derived metrics, as lines for DuckDB: they stand in no database.
struct DerivedPoints {
    private let store: RunStore

    init(_ store: RunStore) { self.store = store }

    /// Writes the points of runs; false where there are none.
    func write(_ runs: [Run], to path: String) async throws -> Bool {
        var lines = ""
        for run in runs {
            for metric in try await store.derived(of: run.id) {
                for point in try await store.points(of: run.id, derived: metric) {
                    let line: JSONValue = [
                        "run": .string(run.id.text), "name": .string(run.name), "project": .string(run.project),
                        "metric": .string(metric.name), "number": .integer(point.number), "step": .integer(point.step),
                        "time": .number(point.time), "value": .string("\(point.value)"),
                    ]
                    lines += line.canonicalText + "\n"
                }
            }
        }
        guard !lines.isEmpty else { return false }
        try WholeFile.write(Array(lines.utf8), to: path)
        return true
    }
}

/// Tables that a run logged, as files of their own: their columns have the types that their values show.
struct TableFiles {
    private let store: RunStore

    init(_ store: RunStore) { self.store = store }

    /// The statements that write a Parquet file for each name under which the run logged tables.
    func statements(of run: Run, in folder: String) async throws -> [String] {
        let entries = try await store.entries(of: run.id, limit: .max).filter { $0.entry.kind == .table }
        var lines: [String: String] = [:]
        for entry in entries {
            guard let table = try? JSONValue(parsing: entry.entry.content), let columns = table["columns"]?.array,
                let rows = table["rows"]?.array
            else { continue }
            for row in rows {
                var members: [String: JSONValue] = ["_step": entry.step.map { .integer($0) } ?? .null]
                for (column, value) in zip(columns, row.array ?? []) { members[column.string ?? ""] = value }
                lines[entry.entry.key, default: ""] += JSONValue.object(members).canonicalText + "\n"
            }
        }
        var statements: [String] = []
        for (number, (key, text)) in lines.sorted(by: { $0.key < $1.key }).enumerated() {
            let source = "\(folder)/table-\(number).jsonl"
            try WholeFile.write(Array(text.utf8), to: source)
            let safe = key.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) ? $0 : "-" }
            let file = "\(folder)/table-\(number)-\(String(safe).prefix(60)).parquet"
            statements.append(
                """
                COPY (SELECT * FROM read_json(\(DuckDB.quoted(source)), format = 'newline_delimited', sample_size = -1))
                TO \(DuckDB.quoted(file)) (FORMAT parquet, COMPRESSION zstd,
                    KV_METADATA {neo_parquet: '\(ParquetArchive.version)', neo_key: \(DuckDB.quoted(key))});
                """)
        }
        return statements
    }
}
