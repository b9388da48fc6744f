internal import Base
internal import Engineer
internal import Statistics
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension DashboardPages {
    /// A month, in seconds: what a service keeps by itself.
    private static let month = 30 * 86_400.0

    /// What a service has noted of itself: alerts, drift, golden questions, documents, and what came in.
    func service(_ view: ProjectOverview, _ reader: ProjectReader) async throws -> Page {
        var model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: "service"), "base": .string("/p/\(view.found.id)"),
            "folder": .string(ShellWord.quoted(view.found.folder)), "author": .string(PageWords.person),
            "hasRecords": false, "isOff": .bool(view.file?.monitoring.isOn == false),
        ]
        var tables: [String: String] = [:]
        if let database = try await reader.service() {
            let now = time.now().timeIntervalSince1970
            let days = try await reader.serviceDays(at: now)
            let alerts = try await database.alerts(limit: 200)
            let drift = try await database.latestDrift()
            let probes = try await database.probeSummaries(since: now - Self.month)
            model["hasRecords"] = true
            model["windows"] = try await windows(database, view, at: now)
            model.merge(Self.traffic(days)) { $1 }
            model.merge(Self.alerts(alerts, try await database.deliveries(limit: 2000))) { $1 }
            model.merge(Self.drift(drift, try await database.driftLooks(limit: 50))) { $1 }
            model.merge(Self.probes(probes, view)) { $1 }
            model["documents"] = Self.documents(try await FollowedDocuments.kept(in: database), view)
            tables = [
                "days": Self.csv(days), "alerts": Self.csv(alerts), "drift": Self.csv(drift),
                "probes": Self.csv(probes),
            ]
        }
        return Page(
            "service", title: "Service", crumbs: Self.crumbs(view), model: model,
            live: [
                "servicealerts", "servicewindows", "servicedays", "servicedrift", "serviceprobes", "servicedocuments",
            ],
            project: view.found.id, tables: tables)
    }

    /// The last hour, day and week.
    private func windows(
        _ database: ServiceDatabase, _ view: ProjectOverview, at now: Double
    ) async throws -> JSONValue {
        let limit = view.file?.monitoring.rules.first { $0.measure == .latency }?.limitMilliseconds ?? 2000
        var all: [ServiceCounts] = []
        for seconds: Double in [3600, 86_400, 604_800] {
            // Clocks of several processes may differ by a minute.
            all.append(try await database.counts(from: now - seconds, to: now + 60, slowMilliseconds: limit))
        }
        func row(_ name: String, _ text: (ServiceCounts) -> String) -> JSONValue {
            ["name": .string(name), "cells": .array(all.map { .string(text($0)) })]
        }
        return [
            "rows": [
                row("Requests") { PageWords.count($0.requests) },
                row("Failed") { Self.share($0.failed, of: $0.requests) },
                row("Took longer than \(Rounding.text(limit, digits: 0)) ms") {
                    Self.share($0.slow, of: $0.requests - $0.failed)
                },
                row("Questions without an answer") { Self.share($0.abstained, of: $0.questions) },
                row("Answers that were rated bad") { Self.share($0.negative, of: $0.ratings) },
                row("Golden questions that missed their evidence") { Self.share($0.failedProbes, of: $0.probes) },
                row("Not ready, seen from outside") { Self.share($0.failedHeartbeats, of: $0.heartbeats) },
                row("Cost") { $0.dollars > 0 ? QuantityWords.dollars($0.dollars) : "–" },
            ]
        ]
    }

    /// `3 of 40 (1.6 – 20 %)`, by Wilson's 95 % interval; a dash of none.
    static func share(_ part: Int, of whole: Int) -> String {
        guard let interval = try? wilsonInterval(successes: part, of: whole) else { return "–" }
        return
            "\(PageWords.count(part)) of \(PageWords.count(whole)) (\(percent(interval.lower)) – \(percent(interval.upper)) %)"
    }

    /// A share without the sign.
    static func percent(_ share: Double) -> String { Rounding.text(100 * share, digits: 1) }

    /// Requests by day and release.
    private static func traffic(_ days: [ServiceDay]) -> [String: JSONValue] {
        let totals = Dictionary(days.map { ($0.day, $0.requests) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
        let chart = StudyChart.bars(
            totals.map { (name: date($0.key), value: Double($0.value)) }, caption: "Requests by day", unit: "requests",
            words: { PageWords.count(Int($0)) })
        return [
            "anyDays": .bool(!days.isEmpty), "daysSVG": .string(chart?.svg ?? ""),
            "daysWords": .string(chart?.description ?? ""),
            "days": .array(
                days.map { day in
                    [
                        "day": .string(date(day.day)), "release": .string(day.release.map { String($0) } ?? "none"),
                        "requests": .string(PageWords.count(day.requests)),
                        "failed": .string(share(day.failed, of: day.requests)),
                        "abstained": .string(share(day.abstained, of: day.requests)),
                        "mean": .string(QuantityWords.milliseconds(day.meanMilliseconds)),
                    ]
                }),
        ]
    }

    private static func csv(_ days: [ServiceDay]) -> String {
        StudyChart.csv(
            [["day", "release", "requests", "failed", "abstained", "mean_ms"]]
                + days.map {
                    [
                        date($0.day), $0.release.map { String($0) } ?? "", String($0.requests), String($0.failed),
                        String($0.abstained), "\($0.meanMilliseconds)",
                    ]
                })
    }

    private static func date(_ day: Int) -> String {
        String(Date(timeIntervalSince1970: Double(day) * 86_400).timestamp.prefix(10))
    }
}
