internal import Base
internal import Engineer
internal import HTTPTypes
internal import Tracking

/// Reads the curves of runs for charts, as a query asks for them.
struct RunCurves: Sendable {
    /// So many charts are on one page.
    static let onPage = 12

    /// A metric that runs have.
    struct Metric: Sendable, Hashable {
        var name: String
        var isSystem = false
        var isDerived = false
    }

    let store: RunStore
    let query: FormBody

    /// How the query wants them drawn.
    var options: CurveOptions {
        var options = CurveOptions()
        options.smoothing = ["0.6": 0.6, "0.9": 0.9][query["smooth"] ?? ""] ?? 0
        options.isLogarithmic = query["scale"] == "log"
        options.isByTime = query["x"] == "time"
        return options
    }

    /// The metrics of a run, those that are derived last.
    func metrics(of run: RunID) async throws -> [Metric] {
        let logged = try await store.summaries(of: run).map { Metric(name: $0.metric, isSystem: $0.isSystem) }
        let names = Set(logged.filter { !$0.isSystem }.map(\.name))
        let derived = try await store.derived(of: run).filter { !names.contains($0.name) }
        return logged + derived.map { Metric(name: $0.name, isDerived: true) }
    }

    /// All points of a metric.
    func points(_ metric: Metric, of run: RunID, maximum: Int? = nil) async throws -> [Point] {
        guard metric.isDerived else {
            return try await store.points(of: run, metric: metric.name, isSystem: metric.isSystem, maximum: maximum)
        }
        guard let derived = try await store.derived(of: run).first(where: { $0.name == metric.name }) else { return [] }
        return try await store.points(of: run, derived: derived)
    }

    /// The chart of a metric over some runs, as pages show it; null where none has a point of it.
    func chart(_ metric: Metric, _ runs: [(number: Int, run: Run)], csv: String) async throws -> JSONValue {
        var options = options
        // A figure of the machine has no step.
        if metric.isSystem { options.isByTime = true }
        var curves: [CurveChart.Curve] = []
        var lengths: [Int] = []
        for (number, run) in runs {
            // What is smoothed is read whole, so that every point has its weight.
            let maximum = options.smoothing > 0 || metric.isDerived ? nil : CurveChart.drawn
            let points = try await points(metric, of: run.id, maximum: maximum)
            guard !points.isEmpty else { continue }
            lengths.append((points.last?.number ?? 0) + 1)
            curves.append(
                CurveChart.Curve(
                    number: number, label: run.name, points: points, began: run.started,
                    total: lengths.last ?? 0))
        }
        guard !curves.isEmpty else { return .null }
        let chart = CurveChart(metric: metric.name, curves: curves, options: options).chart
        let name = metric.name + (metric.isDerived ? " (derived)" : "")
        return [
            "id": .string("m-" + PageWords.anchor((metric.isSystem ? "system " : "") + metric.name)),
            "caption": .string(name), "description": .string(chart.description), "svg": .string(chart.svg),
            "csv": .string(csv), "header": .array(chart.header.map { .string($0) }),
            "rows": .array(
                chart.rows.map { row in ["cells": .array(row.map { .string(PageWords.shortened($0, 60)) })] }),
            "more": .string("Of many points these are the least and greatest of each stretch; the CSV file has all."),
            "hasMore": .bool(lengths.contains { $0 > 60 / lengths.count }),
        ]
    }

    /// Links that draw the curves in other ways.
    func choices(here: String) -> JSONValue {
        func group(_ name: String, _ field: String, _ values: [(value: String, label: String)]) -> JSONValue {
            let now = values.first { $0.value == query[field] }?.value ?? ""
            return [
                "title": .string(name),
                "links": .array(
                    values.map { value in
                        let fields: KeyValuePairs = [field: value.value]
                        return [
                            "label": .string(value.label), "path": .string("\(here)?\(query.address(fields))"),
                            "isCurrent": .bool(value.value == now),
                        ]
                    }),
            ]
        }
        return [
            group("Smoothing", "smooth", [("", "none"), ("0.6", "0.6"), ("0.9", "0.9")]),
            group("Scale", "scale", [("", "linear"), ("log", "logarithmic")]),
            group("Along", "x", [("", "step"), ("time", "time")]),
        ]
    }
}

extension DashboardPages {
    /// The points of a metric as CSV, where a path and its query name one: `/p/PROJECT/run/points.csv?id=…&metric=…`, and
    /// `compare/points.csv?run=…&run=…&metric=…`; nil elsewhere.
    func points(_ path: String, _ name: String, _ query: FormBody) async throws -> String? {
        let parts = path.split(separator: "/").map { FormBody.decoded($0, isPath: true) }
        guard name == "points", parts.count == 3, parts[0] == "p", ["run", "compare"].contains(parts[2]) else {
            return nil
        }
        guard let store = try await projects.reader(parts[1]).runs(), let metric = query["metric"] else {
            throw Self.missing
        }
        let curves = RunCurves(store: store, query: query)
        let ids = parts[2] == "run" ? [query["id"] ?? ""] : Array(query.values("run").prefix(CurveChart.most))
        var rows: [[String]] = []
        for id in ids {
            let run = try await Self.find(id, in: store)
            let known = try await curves.metrics(of: run.id)
            guard let found = known.first(where: { $0.name == metric && $0.isSystem == (query["system"] == "1") })
            else {
                continue
            }
            for point in try await curves.points(found, of: run.id) {
                rows.append([
                    run.id.text, String(point.number), String(point.step), "\(point.time)", "\(point.value)",
                ])
            }
        }
        guard !rows.isEmpty else {
            throw RequestFailure(
                .notFound, code: "not_found", "No such run has a metric \(metric.prefix(60)); its page lists them.")
        }
        return StudyChart.csv([["run", "number", "step", "time", "value"]] + rows)
    }

    /// The run of an id, exactly.
    static func find(_ id: String, in store: RunStore) async throws -> Run {
        let run: Run
        do { run = try await store.run(id) } catch is TrackingError { throw missingRun(id) }
        guard run.id.text == id else { throw missingRun(id) }
        return run
    }

    private static func missingRun(_ id: String) -> RequestFailure {
        RequestFailure(
            .notFound, code: "not_found",
            "There is no run \(id.prefix(60)) in this project; its page \"Runs\" lists those there are.")
    }
}
