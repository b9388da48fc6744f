internal import Base
internal import Engineer
internal import Tracking

extension DashboardPages {
    /// So many parts of a run are on one page.
    private static let partsOnPage = 50
    /// So many metrics of the parts stand beside each other.
    private static let columns = 6

    /// The parts of a run with the last value of their metrics.
    func partsOf(
        _ run: Run, _ store: RunStore, _ query: FormBody, base: String
    ) async throws -> (model: JSONValue, any: Bool, csv: String) {
        let number = query.page("parts")
        var wanted = RunQuery()
        wanted.parent = run.id
        let count = try await store.count(wanted)
        (wanted.limit, wanted.offset) = (Self.partsOnPage, (number - 1) * Self.partsOnPage)
        let parts = try await store.runs(wanted)
        var values: [[String: Double]] = []
        for part in parts {
            let summaries = try await store.summaries(of: part.id).filter { !$0.isSystem }
            values.append(Dictionary(summaries.map { ($0.metric, $0.lastValue) }, uniquingKeysWith: { $1 }))
        }
        let frequency = values.flatMap(\.keys).reduce(into: [:]) { $0[$1, default: 0] += 1 }
        let metrics = frequency.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
        let shown = metrics.prefix(Self.columns)
        let compared = parts.prefix(CurveChart.most).map { "run=" + FormBody.encoded($0.id.text) }
        let model: JSONValue = [
            "header": .array(shown.map { .string($0) }),
            "rows": .array(
                zip(parts, values).map { part, values in
                    var row = Self.row(part, base: base).object ?? [:]
                    row["cells"] = .array(shown.map { .string(values[$0].map { FigureText.short($0) } ?? "–") })
                    return .object(row)
                }),
            "paging": Self.paging(
                number, of: count, size: Self.partsOnPage, noun: "parts", here: "\(base)/run", query, field: "parts"),
            "csv": .string("\(base)/run/parts.csv?" + query.address(["metric": ""])),
            "comparePath": .string("\(base)/compare?" + compared.joined(separator: "&")),
            "compareWords": .string("Compare these \(compared.count)"), "canCompare": .bool(compared.count > 1),
        ]
        let csv = StudyChart.csv(
            [["id", "name", "status", "seconds"] + metrics]
                + zip(parts, values).map { part, values in
                    [part.id.text, part.name, part.status.rawValue, "\(Self.seconds(part))"]
                        + metrics.map { values[$0].map { "\($0)" } ?? "" }
                })
        return (model, count > 0, csv)
    }

    /// A text, table, image or file of a run.
    static func entry(_ logged: LoggedEntry, of run: Run, in state: String, base: String) -> JSONValue {
        let entry = logged.entry
        let file = KeptFile(entry, state: state)
        let address = "\(base)/run/file?id=\(FormBody.encoded(run.id.text))&entry=\(logged.id)"
        var facts: [String] = [entry.kind.rawValue]
        if let step = logged.step { facts.append("step \(step)") }
        if let bytes = entry.bytes { facts.append("\(PageWords.count(bytes)) bytes") }
        if let type = entry.mediaType { facts.append(type) }
        if let hash = entry.hash { facts.append("SHA-256 \(hash.hex.prefix(12))…") }
        let table = entry.kind == .table ? (try? JSONValue(parsing: entry.content)) : nil
        let columns = table?["columns"]?.array ?? []
        let rows = table?["rows"]?.array ?? []
        let text = file == nil ? PageWords.shortened(entry.content, 8000) : file?.text ?? ""
        return [
            "file": .string(address), "isFile": .bool(file != nil), "fileName": .string(file?.name ?? ""),
            "isGone": .bool(file == nil && entry.hash != nil), "isImage": .bool(file?.imageType != nil),
            "isCut": .bool(file?.text != nil && file?.isCut == true),
            "label": .string(entry.key + (logged.step.map { ", step \($0)" } ?? "")),
            "key": .string(entry.key), "facts": .string(facts.joined(separator: ", ")),
            "when": PageWords.time(logged.time), "isTable": .bool(!columns.isEmpty),
            "isText": .bool(columns.isEmpty && !text.isEmpty), "content": .string(text),
            "header": .array(columns.prefix(20).map { .string(cell($0)) }),
            "rows": .array(
                rows.prefix(50).map { row in
                    ["cells": .array((row.array ?? []).prefix(20).map { .string(cell($0)) })]
                }),
            "more": .string("\(rows.count - 50) more rows are kept."), "hasMore": .bool(rows.count > 50),
        ]
    }

    private static func cell(_ value: JSONValue) -> String {
        PageWords.shortened(value.string ?? value.canonicalText, 200)
    }
}
