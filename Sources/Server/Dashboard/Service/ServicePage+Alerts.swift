internal import Base
internal import Engineer
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension DashboardPages {
    /// So many alerts that are over are shown; the CSV file has more.
    private static let pastShown = 50
    /// So many lines of an alert's evidence.
    private static let evidenceShown = 40

    /// The alerts that are open, and those that are over, each with what was told of it.
    static func alerts(_ all: [ServiceAlert], _ deliveries: [AlertDelivery]) -> [String: JSONValue] {
        let told = Dictionary(grouping: deliveries) { $0.alert ?? 0 }
        func rows(_ alerts: [ServiceAlert]) -> JSONValue { .array(alerts.map { alert($0, told[$0.id] ?? []) }) }
        let open = all.filter { [.pending, .firing].contains($0.state) }
        let past = all.filter { ![.pending, .firing].contains($0.state) }
        return [
            "open": rows(open), "anyOpen": .bool(!open.isEmpty), "past": rows(Array(past.prefix(pastShown))),
            "anyPast": .bool(!past.isEmpty),
        ]
    }

    private static func alert(_ alert: ServiceAlert, _ deliveries: [AlertDelivery]) -> JSONValue {
        let evidence = (alert.evidence.object ?? [:]).sorted { $0.key < $1.key }
        let told = deliveries.sorted { $0.id < $1.id }.map { message -> JSONValue in
            let what = message.event == .resolved ? "that it is over" : "that it fires"
            let tries = "\(message.attempts) \(message.attempts == 1 ? "try" : "tries")"
            let how =
                switch message.state {
                case .delivered: "arrived after \(tries)"
                case .failed: "given up after \(tries)"
                case .waiting: message.attempts == 0 ? "waits to be sent" : "did not arrive yet, after \(tries)"
                }
            return [
                "channel": .string(message.channel), "words": .string("told \(what): \(how)"),
                "failure": .string(PageWords.shortened(message.failure ?? "", 500)),
            ]
        }
        return [
            "id": .string(String(alert.id)), "title": .string(PageWords.shortened(alert.title, 2000)),
            "rule": .string(alert.rule),
            "state": PageWords.state(alert.state == .dropped ? "over before it fired" : alert.state.rawValue),
            "severity": .string(alert.severity == .page ? "look at once" : "look this week"),
            "began": PageWords.time(alert.began), "fired": alert.fired.map { PageWords.time($0) } ?? .null,
            "ended": alert.ended.map { PageWords.time($0) } ?? .null,
            "seenBy": .string(alert.acknowledgedBy ?? ""),
            "seenAt": alert.acknowledged.map { PageWords.time($0) } ?? .null,
            "canBeSeen": .bool(alert.acknowledged == nil && [.pending, .firing].contains(alert.state)),
            "command": .string(alert.command), "hasCommand": .bool(!alert.command.isEmpty),
            "evidence": .array(
                evidence.map { ["term": .string($0.key), "value": .string(text($0.value, of: $0.key))] }),
            "anyEvidence": .bool(!evidence.isEmpty), "told": .array(told), "anyTold": .bool(!told.isEmpty),
            "untold": .string(
                alert.fired == nil
                    ? "It has not fired, so nobody was told."
                    : "Nobody was told: neo.yaml names no way (monitoring: notify)."),
        ]
    }

    /// A piece of evidence for people: lists one a line, numbers rounded.
    private static func text(_ value: JSONValue, of name: String) -> String {
        switch value {
        case .number(let seconds) where name == "seen": Date(timeIntervalSince1970: seconds).timestamp
        case .number(let number): Rounding.text(number, digits: 4)
        case .string(let text): PageWords.shortened(text, 2000)
        case .array(let values):
            values.prefix(evidenceShown).map { text($0, of: "") }.joined(separator: "\n")
                + (values.count > evidenceShown ? "\nand \(values.count - evidenceShown) more" : "")
        case .object(let members):
            members.sorted { $0.key < $1.key }.prefix(evidenceShown)
                .map { "\($0.key) \(text($0.value, of: $0.key))" }.joined(separator: ", ")
        default: value.canonicalText
        }
    }

    static func csv(_ alerts: [ServiceAlert]) -> String {
        func time(_ seconds: Double?) -> String {
            seconds.map { Date(timeIntervalSince1970: $0).timestamp } ?? ""
        }
        return StudyChart.csv(
            [["alert", "rule", "severity", "state", "began", "fired", "ended", "seen_by", "title", "command"]]
                + alerts.map {
                    [
                        String($0.id), $0.rule, $0.severity.rawValue, $0.state.rawValue, time($0.began), time($0.fired),
                        time($0.ended), $0.acknowledgedBy ?? "", $0.title, $0.command,
                    ]
                })
    }
}
