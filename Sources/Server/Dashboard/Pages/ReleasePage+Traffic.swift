internal import Base
internal import Engineer
internal import Statistics
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension DashboardPages {
    /// So many services are listed.
    private static let servicesListed = 10
    /// What is drawn of the latest one.
    private static let drawn = ["requests", "errors", "p50_ms", "p95_ms", "p99_ms", "abstentions"]
    /// What is compared with the time before.
    private static let lately = 24 * 3600.0

    /// What services of this project have reported: how much came, how fast it was answered, and whether that changes.
    func traffic(
        _ view: ProjectOverview, _ reader: ProjectReader
    ) async throws -> (model: JSONValue, csv: String) {
        var query = RunQuery()
        (query.kind, query.limit) = (TrafficLog.kind, Self.servicesListed)
        let header = [
            "run", "began", "status", "seconds", "requests", "errors", "refused", "answers", "abstentions", "p50_ms",
            "p95_ms", "p99_ms",
        ]
        guard let store = try await reader.runs() else { return (["anyServices": false], StudyChart.csv([header])) }
        let base = "/p/\(view.found.id)"
        let now = time.now().timeIntervalSince1970
        var rows: [JSONValue] = []
        var table: [[String]] = []
        var (recent, before) = ([String: Double](), [String: Double]())
        let services = try await store.runs(query)
        for run in services {
            let all = try await store.totals(of: run.id)
            let new = try await store.totals(of: run.id, since: now - Self.lately)
            for (name, value) in all {
                recent[name, default: 0] += new[name] ?? 0
                before[name, default: 0] += value - (new[name] ?? 0)
            }
            let last = Dictionary(
                try await store.summaries(of: run.id).map { ($0.metric, $0.lastValue) }, uniquingKeysWith: { $1 })
            rows.append(Self.service(run, all, last, base))
            table.append(
                [run.id.text, Self.text(of: run.started), run.status.rawValue, "\(Self.seconds(run))"]
                    + header[4...8].map { all[$0].map { "\($0)" } ?? "" }
                    + header[9...].map { last[$0].map { "\($0)" } ?? "" })
        }
        let drift = [
            Self.drift("Questions without an answer", "abstentions", ["answers", "abstentions"], recent, before),
            Self.drift("Requests that failed", "errors", ["requests"], recent, before),
            Self.drift("Requests that were refused", "refused", ["requests"], recent, before),
        ].compactMap { $0 }
        let model: JSONValue = [
            "anyServices": .bool(!services.isEmpty), "services": .array(rows), "drift": .array(drift),
            "anyDrift": .bool(!drift.isEmpty), "trafficCharts": try await trafficCharts(services, store, base),
        ]
        return (model, StudyChart.csv([header] + table))
    }

    private func trafficCharts(_ services: [Run], _ store: RunStore, _ base: String) async throws -> JSONValue {
        let curves = RunCurves(store: store, query: FormBody("x=time"))
        for run in services where run.points > 0 {
            var charts: [JSONValue] = []
            for name in Self.drawn {
                let csv = "\(base)/run/points.csv?id=\(FormBody.encoded(run.id.text))&metric=\(name)"
                let chart = try await curves.chart(RunCurves.Metric(name: name), [(0, run)], csv: csv)
                if chart != .null { charts.append(chart) }
            }
            if !charts.isEmpty { return ["charts": .array(charts), "of": .string(run.name)] }
        }
        return .null
    }

    private static func service(
        _ run: Run, _ totals: [String: Double], _ last: [String: Double], _ base: String
    ) -> JSONValue {
        func count(_ name: String) -> String { PageWords.count(Int(totals[name] ?? 0)) }
        func milliseconds(_ name: String) -> String { last[name].map { QuantityWords.milliseconds($0) } ?? "–" }
        return [
            "path": .string("\(base)/run?id=\(FormBody.encoded(run.id.text))"), "service": .string(run.name),
            "anchor": .string(PageWords.anchor(run.id.text)), "state": PageWords.state(run.status.rawValue),
            "began": PageWords.time(run.started), "took": .string(PageWords.duration(seconds(run))),
            "requests": .string(count("requests")), "errors": .string(count("errors")),
            "refused": .string(count("refused")), "answers": .string(count("answers")),
            "abstentions": .string(count("abstentions")), "p50": .string(milliseconds("p50_ms")),
            "p95": .string(milliseconds("p95_ms")), "p99": .string(milliseconds("p99_ms")),
        ]
    }

    /// A share of the last day beside that of the time before; nil where one of the two has nothing to count.
    private static func drift(
        _ words: String, _ part: String, _ whole: [String], _ recent: [String: Double], _ before: [String: Double]
    ) -> JSONValue? {
        func interval(_ totals: [String: Double]) -> (interval: Interval, words: String)? {
            let count = whole.reduce(0) { $0 + Int(totals[$1] ?? 0) }
            guard let interval = try? wilsonInterval(successes: Int(totals[part] ?? 0), of: count) else { return nil }
            func percent(_ share: Double) -> String { Rounding.text(100 * share, digits: 1) }
            return (
                interval,
                "\(percent(interval.estimate)) % of \(PageWords.count(count)) (\(percent(interval.lower)) – "
                    + "\(percent(interval.upper)) %)"
            )
        }
        guard let new = interval(recent), let old = interval(before) else { return nil }
        let isApart = new.interval.lower > old.interval.upper || new.interval.upper < old.interval.lower
        return [
            "share": .string(words), "recent": .string(new.words), "before": .string(old.words),
            "state": PageWords.state(isApart ? "changed" : "no change is seen"),
        ]
    }
}
