internal import Base
internal import Engineer
internal import Tracking

extension DashboardPages {
    /// Runs over each other: a chart a metric, and in what they differ.
    func compare(_ view: ProjectOverview, _ reader: ProjectReader, _ query: FormBody) async throws -> Page {
        let base = "/p/\(view.found.id)"
        let store = try await reader.runs()
        let ids = query.values("run")
        var runs: [Run] = []
        if let store { for id in ids.prefix(CurveChart.most) { runs.append(try await Self.find(id, in: store)) } }
        let differences = Run.differences(of: runs)
        var model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: "runs"), "base": .string(base),
            "tooMany": .bool(ids.count > CurveChart.most),
            "runs": .array(
                runs.enumerated().map { number, run in
                    var row = Self.row(run, base: base).object ?? [:]
                    row["number"] = .string(String(number + 1))
                    row["sample"] = .string(CurveChart.sample(number))
                    return .object(row)
                }), "anyRuns": .bool(!runs.isEmpty),
            "header": .array(runs.indices.map { .string(String($0 + 1)) }),
            "differences": .array(
                differences.prefix(500).map { setting in
                    [
                        "term": .string(setting.name),
                        "cells": .array(
                            setting.values.map {
                                .string(PageWords.shortened($0.map { $0.string ?? $0.canonicalText } ?? "–", 200))
                            }),
                    ]
                }), "anyDifferences": .bool(!differences.isEmpty),
            "csv": .string("\(base)/compare/configuration.csv?\(query.address([:]))"),
        ]
        if let store, !runs.isEmpty {
            let curves = RunCurves(store: store, query: query)
            let (charts, count) = try await overlays(runs, curves, base: base)
            model["charts"] = charts
            model["choices"] = curves.choices(here: base + "/compare")
            model["paging"] = Self.paging(
                query.page("charts"), of: count, size: RunCurves.onPage, noun: "charts", here: base + "/compare", query,
                field: "charts")
        } else {
            model["charts"] = []
        }
        let csv = StudyChart.csv(
            [["setting"] + runs.map(\.id.text)]
                + differences.map { setting in
                    [setting.name] + setting.values.map { $0.map { $0.string ?? $0.canonicalText } ?? "" }
                })
        return Page(
            "compare", title: runs.isEmpty ? "Compare runs" : "\(runs.count) runs compared",
            crumbs: Self.crumbs(view) + [Page.Crumb(name: "Runs", path: base + "/runs")], model: model,
            live: runs.isEmpty ? [] : ["comparedruns", "runcharts"], project: view.found.id,
            tables: ["configuration": csv])
    }

    /// The charts of one page, and how many there are: those metrics first that most of the runs have.
    private func overlays(
        _ runs: [Run], _ curves: RunCurves, base: String
    ) async throws -> (charts: JSONValue, count: Int) {
        var counts: [RunCurves.Metric: Int] = [:]
        var owners: [RunCurves.Metric: [(number: Int, run: Run)]] = [:]
        for (number, run) in runs.enumerated() {
            for metric in try await curves.metrics(of: run.id) where !metric.isSystem {
                counts[metric, default: 0] += 1
                owners[metric, default: []].append((number, run))
            }
        }
        let metrics = counts.sorted { ($1.value, $0.key.name) < ($0.value, $1.key.name) }.map(\.key)
        let first = (curves.query.page("charts") - 1) * RunCurves.onPage
        let address = runs.map { "run=" + FormBody.encoded($0.id.text) }.joined(separator: "&")
        var charts: [JSONValue] = []
        for metric in metrics.dropFirst(first).prefix(RunCurves.onPage) {
            let csv = "\(base)/compare/points.csv?\(address)&metric=\(FormBody.encoded(metric.name))"
            let chart = try await curves.chart(metric, owners[metric] ?? [], csv: csv)
            if chart != .null { charts.append(chart) }
        }
        return (.array(charts), metrics.count)
    }
}
