internal import Base
internal import Engineer
internal import Storage
internal import Tracking

extension DashboardPages {
    /// So many of a run's metrics are listed.
    private static let metricsListed = 500

    /// A run: what it was made with, its curves, what it said, its parts.
    func run(_ view: ProjectOverview, _ reader: ProjectReader, _ query: FormBody) async throws -> Page {
        guard let store = try await reader.runs() else { throw Self.missing }
        let run = try await Self.find(query["id"] ?? "", in: store)
        let base = "/p/\(view.found.id)"
        let here = Self.path(run.id, view)
        let curves = RunCurves(store: store, query: query)
        let metrics = try await curves.metrics(of: run.id)
        let number = query.page("charts")
        let asked = query.filled("metric").map { name in metrics.filter { $0.name == name } }
        let own = asked ?? metrics.filter { !$0.isSystem }
        let shown = asked == nil ? own.dropFirst((number - 1) * RunCurves.onPage).prefix(RunCurves.onPage) : own[...]
        let parts = try await partsOf(run, store, query, base: base)
        let alerts = try await store.alerts(of: run.id)
        let title = run.name.isEmpty ? run.id.text : run.name
        var model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: "runs"), "base": .string(base), "here0": .string(here),
            "summary": Self.summary(run, base: base), "alerts": .array(alerts.map(Self.alert)),
            "anyAlerts": .bool(!alerts.isEmpty),
            "configuration": .array(
                run.settings.sorted { $0.key < $1.key }.prefix(Self.metricsListed).map {
                    ["term": .string($0.key), "value": .string($0.value.string ?? $0.value.canonicalText)]
                }), "anyConfiguration": .bool(run.configuration.object?.isEmpty == false),
            "choices": curves.choices(here: "\(base)/run"),
            "charts": try await charts(Array(shown), run, curves, base: base),
            "system": [
                "charts": asked == nil
                    ? try await charts(
                        Array(metrics.filter(\.isSystem).prefix(RunCurves.onPage)), run, curves, base: base) : []
            ], "anySystem": .bool(asked == nil && metrics.contains(where: \.isSystem)),
            "isOne": .bool(asked != nil),
            "paging": asked == nil
                ? Self.paging(
                    number, of: own.count, size: RunCurves.onPage, noun: "charts", here: "\(base)/run", query,
                    field: "charts") : .null,
            "parts": parts.model, "anyParts": .bool(parts.any),
            "comparison": .string(try await comparison(with: run, store, base: base)),
        ]
        let entries = try await store.entries(of: run.id, limit: 200, latestFirst: true)
        model["entries"] = .array(entries.map { Self.entry($0, of: run, in: store.folder, base: base) })
        model["anyEntries"] = .bool(!entries.isEmpty)
        model["isEntryLimit"] = .bool(entries.count == 200)
        let corrections = try await store.corrections(of: run.id)
        model["corrections"] = .array(corrections.map(Self.correction))
        model["anyCorrections"] = .bool(!corrections.isEmpty)
        let summaries = try await store.summaries(of: run.id)
        model["metrics"] = .array(summaries.prefix(Self.metricsListed).map { Self.metric($0, here: here) })
        model["anyMetrics"] = .bool(!summaries.isEmpty)
        model["csv"] = .string("\(base)/run/metrics.csv?id=\(FormBody.encoded(run.id.text))")
        let live = ["runsummary", "runalerts", "runcharts", "runsystem", "runmetrics", "runentries", "runparts"]
        return Page(
            "run", title: PageWords.shortened(title, 80),
            crumbs: Self.crumbs(view) + [Page.Crumb(name: "Runs", path: base + "/runs")], model: model, live: live,
            project: view.found.id,
            tables: ["metrics": Self.metricsCSV(summaries), "parts": parts.csv, "alerts": Self.alertsCSV(alerts)])
    }

    private func charts(
        _ metrics: [RunCurves.Metric], _ run: Run, _ curves: RunCurves, base: String
    ) async throws -> JSONValue {
        var charts: [JSONValue] = []
        for metric in metrics {
            let csv =
                "\(base)/run/points.csv?id=\(FormBody.encoded(run.id.text))&metric=\(FormBody.encoded(metric.name))"
                + (metric.isSystem ? "&system=1" : "")
            let chart = try await curves.chart(metric, [(0, run)], csv: csv)
            if chart != .null { charts.append(chart) }
        }
        return .array(charts)
    }

    /// The address that puts a run beside the one of its kind before it; empty where there is none.
    private func comparison(with run: Run, _ store: RunStore, base: String) async throws -> String {
        var query = RunQuery()
        query.kind = run.kind
        query.parent = run.parent
        query.isTopLevel = run.parent == nil
        (query.before, query.limit) = (run.started, 1)
        guard let other = try await store.runs(query).first else { return "" }
        return "\(base)/compare?run=\(FormBody.encoded(other.id.text))&run=\(FormBody.encoded(run.id.text))"
    }

    private static func summary(_ run: Run, base: String) -> JSONValue {
        var facts: [(String, String)] = [("Id", run.id.text), ("Kind", run.kind)]
        func add(_ term: String, _ value: String?) {
            if let value, !value.isEmpty { facts.append((term, value)) }
        }
        add("Group", run.group)
        add("Why it ended", run.failure)
        add("Tags", run.tags.joined(separator: ", "))
        add("Notes", run.notes)
        add("Commit", run.origin.commit.map { $0 + (run.origin.isDirty == true ? ", with changes" : "") })
        add("Host", run.origin.host)
        add(
            "Hardware",
            run.origin.hardware?.object?.sorted { $0.key < $1.key }
                .map { "\($0.key): \($0.value.string ?? $0.value.canonicalText)" }.joined(separator: "\n"))
        add("Command", run.origin.command.joined(separator: " "))
        add("Seed", run.origin.seed.map { String($0) })
        return [
            "state": PageWords.state(run.status.rawValue), "kind": .string(run.kind),
            "began": PageWords.time(run.started), "took": .string(PageWords.duration(Self.seconds(run))),
            "isRunning": .bool(run.status == .running), "points": .string(PageWords.count(run.points)),
            "hasParent": .bool(run.parent != nil), "parent": .string(run.parent?.text ?? ""),
            "parentPath": .string(run.parent.map { "\(base)/run?id=\(FormBody.encoded($0.text))" } ?? ""),
            "facts": .array(facts.map { ["term": .string($0.0), "value": .string(PageWords.shortened($0.1, 4000))] }),
        ]
    }

    private static func alert(_ alert: LoggedAlert) -> JSONValue {
        [
            "id": .string(String(alert.id)), "state": PageWords.state(alert.alert.level.rawValue),
            "title": .string(alert.alert.title), "words": .string(alert.alert.text ?? ""),
            "rule": .string(alert.alert.rule ?? ""), "step": .string(alert.step.map { String($0) } ?? "–"),
            "when": PageWords.time(alert.time), "isSeen": .bool(alert.seen != nil),
            "seen": .string(alert.seen ?? ""), "author": .string(PageWords.person),
        ]
    }

    private static func correction(_ correction: Correction) -> JSONValue {
        [
            "metric": .string(correction.metric), "step": .string(String(correction.step)),
            "old": .string(FigureText.short(correction.old)), "new": .string(FigureText.short(correction.new)),
            "by": .string(correction.author), "reason": .string(correction.reason ?? "–"),
            "when": PageWords.time(correction.time),
        ]
    }

    private static func metric(_ summary: SeriesSummary, here: String) -> JSONValue {
        [
            "metric": .string(summary.metric), "path": .string("\(here)&metric=\(FormBody.encoded(summary.metric))"),
            "last": .string(FigureText.short(summary.lastValue)), "least": .string(FigureText.short(summary.minimum)),
            "greatest": .string(FigureText.short(summary.maximum)), "count": .string(PageWords.count(summary.count)),
            "isSystem": .bool(summary.isSystem),
        ]
    }

    private static func metricsCSV(_ summaries: [SeriesSummary]) -> String {
        StudyChart.csv(
            [["metric", "system", "points", "last_step", "last", "least", "greatest"]]
                + summaries.map {
                    [
                        $0.metric, String($0.isSystem), String($0.count), String($0.lastStep), "\($0.lastValue)",
                        "\($0.minimum)", "\($0.maximum)",
                    ]
                })
    }

    private static func alertsCSV(_ alerts: [LoggedAlert]) -> String {
        StudyChart.csv(
            [["time", "level", "title", "text", "rule", "step", "seen"]]
                + alerts.map {
                    [
                        text(of: $0.time), $0.alert.level.rawValue, $0.alert.title, $0.alert.text ?? "",
                        $0.alert.rule ?? "", $0.step.map { String($0) } ?? "", $0.seen ?? "",
                    ]
                })
    }
}
