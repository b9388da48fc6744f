internal import Base
internal import Tracking

/// All that a person wants to see of one run.
struct RunPage {
    let run: Run
    private let lines: [(summary: SeriesSummary, curve: [Double], isDerived: Bool)]
    private let alerts: [LoggedAlert]
    private let entries: [LoggedEntry]
    private let corrections: [Correction]
    private let parts: Int
    /// Where its Parquet files lie, or why there are none.
    private let parquet: (folder: String?, reason: String?)

    /// So many metrics are shown.
    private static let shown = 200

    init(_ run: Run, in store: RunStore, keepsParquet: Bool, asAgent: Bool = false) async throws {
        var run = run
        // What failed because of a golden row may quote it.
        if asAgent, run.failure?.lowercased().contains("golden") == true {
            run.failure = "something about the golden questions"
        }
        self.run = run
        let folder = ParquetArchive.folder(of: run, in: store)
        let isMissing = folder == nil && run.status != .running
        parquet = (folder, isMissing ? ParquetUpkeep.ofThisProgram.reason(store, isOff: !keepsParquet) : nil)
        var lines: [(SeriesSummary, [Double], Bool)] = []
        for summary in try await store.summaries(of: run.id).prefix(Self.shown) {
            let points = try await store.points(
                of: run.id, metric: summary.metric, isSystem: summary.isSystem, maximum: 40)
            lines.append((summary, points.map(\.value), false))
        }
        for metric in try await store.derived(of: run.id) {
            guard let summary = try await store.summary(of: run.id, derived: metric) else { continue }
            let points = try await store.points(of: run.id, derived: metric)
            var kept = MinMaxDownsampling(count: points.count, maximum: 40)
            for point in points { kept.add(point) }
            lines.append((summary, kept.finish().map(\.value), true))
        }
        self.lines = lines
        alerts = try await store.alerts(of: run.id)
        entries = asAgent ? [] : try await store.entries(of: run.id, limit: 100)
        corrections = try await store.corrections(of: run.id)
        var query = RunQuery()
        query.parent = run.id
        parts = try await store.count(query)
    }

    /// The points of a metric, derived ones included.
    static func points(_ metric: String, of run: RunID, in store: RunStore) async throws -> [Point] {
        let points = try await store.points(of: run, metric: metric)
        if !points.isEmpty { return points }
        if let derived = try await store.derived(of: run).first(where: { $0.name == metric }) {
            return try await store.points(of: run, derived: derived)
        }
        return try await store.points(of: run, metric: metric, isSystem: true)
    }

    var json: JSONValue {
        var object = RunWords.json(run).object ?? [:]
        object["metrics"] = .array(
            lines.map { line in
                var members = RunWords.json(line.summary).object ?? [:]
                members["derived"] = .bool(line.isDerived)
                return .object(members)
            })
        object["alerts"] = .array(
            alerts.map {
                [
                    "level": .string($0.alert.level.rawValue), "title": .string($0.alert.title),
                    "text": $0.alert.text.map { .string($0) } ?? .null, "timestamp": .number($0.time),
                ]
            })
        object["entries"] = .array(
            entries.map {
                [
                    "kind": .string($0.entry.kind.rawValue), "key": .string($0.entry.key),
                    "content": .string($0.entry.content), "hash": $0.entry.hash.map { .string($0.hex) } ?? .null,
                ]
            })
        object["corrections"] = .array(
            corrections.map {
                [
                    "metric": .string($0.metric), "step": .integer($0.step), "old": .number($0.old),
                    "new": .number($0.new), "author": .string($0.author),
                    "reason": $0.reason.map { .string($0) } ?? .null,
                ]
            })
        object["parts"] = .integer(parts)
        object["parquet"] = [
            "folder": parquet.folder.map { .string($0) } ?? .null,
            "reason": parquet.reason.map { .string($0) } ?? .null,
        ]
        return .object(object)
    }

    var text: String {
        var sections = [facts]
        if !lines.isEmpty {
            sections.append(
                RunWords.table(
                    [["metric", "last", "least", "greatest", "points", ""]]
                        + lines.map { line in
                            [
                                line.summary.metric + (line.isDerived ? " (derived)" : ""),
                                RunWords.number(line.summary.lastValue), RunWords.number(line.summary.minimum),
                                RunWords.number(line.summary.maximum), "\(line.summary.count)",
                                RunWords.sparkline(line.curve),
                            ]
                        }))
        }
        if !alerts.isEmpty {
            sections.append(
                alerts.map { "\($0.alert.level.rawValue): \($0.alert.title)\($0.alert.text.map { ". \($0)" } ?? "")" }
                    .joined(separator: "\n"))
        }
        if !corrections.isEmpty {
            sections.append(
                corrections.map {
                    "\($0.author) corrected \($0.metric) at step \($0.step): \(RunWords.number($0.old)) is now "
                        + "\(RunWords.number($0.new))\($0.reason.map { " (\($0))" } ?? "")"
                }.joined(separator: "\n"))
        }
        let kept = entries.filter { $0.entry.kind != .text || $0.entry.key != "log" }
        if !kept.isEmpty {
            sections.append(
                RunWords.table(
                    kept.prefix(20).map {
                        [
                            $0.entry.kind.rawValue, $0.entry.key,
                            String($0.entry.content.prefix(80).prefix { $0 != "\n" }),
                        ]
                    }))
        }
        return sections.joined(separator: "\n\n")
    }

    private var facts: String {
        var rows = [
            ["run", run.id.text], ["name", run.name], ["kind", run.kind],
            ["status", run.status.rawValue + (run.failure.map { ": \($0)" } ?? "")],
            ["began", "\(RunWords.time(run.started)) UTC, took \(RunWords.duration(run))"],
        ]
        if let parent = run.parent { rows.append(["part of", parent.text]) }
        if parts > 0 { rows.append(["parts", "\(parts): neo runs list --parent \(run.id)"]) }
        if !run.tags.isEmpty { rows.append(["tags", run.tags.joined(separator: ", ")]) }
        if let commit = run.origin.commit {
            rows.append(["commit", String(commit.prefix(12)) + (run.origin.isDirty == true ? ", with changes" : "")])
        }
        if let host = run.origin.host { rows.append(["host", host]) }
        if !run.origin.command.isEmpty { rows.append(["command", run.origin.command.joined(separator: " ")]) }
        if let seed = run.origin.seed { rows.append(["seed", "\(seed)"]) }
        if run.configuration.object?.isEmpty == false { rows.append(["config", run.configuration.canonicalText]) }
        if let notes = run.notes { rows.append(["notes", notes]) }
        if let folder = parquet.folder { rows.append(["parquet", folder]) }
        if let reason = parquet.reason { rows.append(["parquet", "none: \(reason)"]) }
        return RunWords.table(rows)
    }
}
