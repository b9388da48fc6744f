internal import Base
internal import Engineer
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a look at a service is told as.
enum WatchWords {
    static func json(_ report: WatchReport) -> JSONValue {
        [
            "time": .string(Date(timeIntervalSince1970: report.time).timestamp),
            "last_hour": [
                "requests": .integer(report.hour.requests), "failed": .integer(report.hour.failed),
                "slow": .integer(report.hour.slow), "questions": .integer(report.hour.questions),
                "abstained": .integer(report.hour.abstained), "usd": .number(report.hour.dollars),
                "probes": .integer(report.hour.probes), "failed_probes": .integer(report.hour.failedProbes),
                "heartbeats": .integer(report.hour.heartbeats),
                "failed_heartbeats": .integer(report.hour.failedHeartbeats),
            ],
            "judged": report.judged?.json ?? .null, "alerts": .array(report.alerts.map(json)),
            "drift": .array(
                report.drift.map {
                    [
                        "reference": .string($0.reference), "feature": .string($0.feature),
                        "measure": .string($0.measure), "value": .number($0.value),
                        "threshold": .number($0.threshold), "p": $0.p.map { .number($0) } ?? .null,
                        "drifted": .bool($0.hasDrifted), "detail": .string($0.detail ?? ""),
                    ]
                }),
        ]
    }

    static func json(_ alert: ServiceAlert) -> JSONValue {
        func time(_ seconds: Double?) -> JSONValue {
            seconds.map { .string(Date(timeIntervalSince1970: $0).timestamp) } ?? .null
        }
        return [
            "id": .integer(Int(alert.id)), "rule": .string(alert.rule), "severity": .string(alert.severity.rawValue),
            "state": .string(alert.state.rawValue), "began": time(alert.began), "fired": time(alert.fired),
            "ended": time(alert.ended), "acknowledged": time(alert.acknowledged),
            "acknowledged_by": alert.acknowledgedBy.map { .string($0) } ?? .null, "title": .string(alert.title),
            "evidence": alert.evidence, "command": .string(alert.command),
        ]
    }

    static func text(_ report: WatchReport) -> String {
        let hour = report.hour
        var lines = [
            "last hour  \(hour.requests) requests, \(hour.failed) failed, \(hour.slow) slow; \(hour.abstained) of "
                + "\(hour.questions) questions without an answer",
            "probes     \(hour.failedProbes) of \(hour.probes) golden questions failed"
                + (hour.heartbeats > 0 ? "; not ready \(hour.failedHeartbeats) of \(hour.heartbeats) times" : ""),
        ]
        if let judged = report.judged { lines.append("judged     \(judged.text)") }
        let drifted = report.drift.filter(\.hasDrifted)
        if report.drift.isEmpty {
            lines.append("drift      too few questions to compare (30 of each at least)")
        } else if drifted.isEmpty {
            lines.append(
                "drift      none is seen in \(Set(report.drift.map { $0.feature + $0.reference }).count) comparisons")
        }
        for record in drifted {
            lines.append(
                "drift      \(record.feature) against \(record.reference): \(record.measure) \(Rounding.text(record.value))"
                    + " (\(record.detail ?? ""))")
        }
        if report.alerts.isEmpty { lines.append("alerts     none is open") }
        return (lines + report.alerts.map(line)).joined(separator: "\n")
    }

    /// An alert with its command.
    static func line(_ alert: ServiceAlert) -> String {
        let seen = alert.acknowledgedBy.map { ", seen by \($0)" } ?? ""
        return "\(alert.state.rawValue.padding(10)) \(alert.id) \(alert.rule) (\(alert.severity.rawValue)\(seen)): "
            + "\(alert.title)\n           run: \(alert.command)"
    }
}

extension String {
    fileprivate func padding(_ width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
