package import Base
package import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What is told of an alert: what changed, the evidence, and the command to run.
package enum AlertMessage {
    /// The message as JSON, which a webhook and a command get.
    package static func json(_ alert: ServiceAlert, _ event: AlertDelivery.Event, project: String) -> JSONValue {
        func time(_ seconds: Double?) -> JSONValue {
            seconds.map { .string(Date(timeIntervalSince1970: $0).timestamp) } ?? .null
        }
        return [
            "source": "neo", "project": .string(project), "event": .string(event.rawValue),
            "rule": .string(alert.rule), "severity": .string(alert.severity.rawValue),
            "title": .string(alert.title), "evidence": alert.evidence, "command": .string(alert.command),
            "began": time(alert.began), "fired": time(alert.fired), "ended": time(alert.ended),
        ]
    }

    /// The message that tries a channel.
    package static func test(project: String, at now: Double) -> JSONValue {
        let alert = ServiceAlert(
            rule: "test", severity: .ticket, state: .firing, began: now,
            title: "This is a test of neo alerts; nothing is wrong.", evidence: ["measure": "test"],
            command: "neo alerts list")
        return json(alert, .test, project: project)
    }

    /// The subject of a mail: one line, whatever stands in the message.
    package static func subject(_ message: JSONValue) -> String {
        let event = message["event"]?.string ?? ""
        let project = message["project"]?.string ?? ""
        let rule = message["rule"]?.string ?? ""
        return line("[neo] \(event): \(rule) in \(project)")
    }

    /// The message for people.
    package static func text(_ message: JSONValue) -> String {
        var lines = [line(message["title"]?.string ?? ""), ""]
        for name in ["project", "event", "rule", "severity", "began", "fired", "ended"] {
            if let value = message[name]?.string { lines.append("\(name): \(line(value))") }
        }
        lines += ["", "Evidence:"]
        for (name, value) in (message["evidence"]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            lines.append("  \(line(name)): \(line(value.string ?? value.canonicalText))")
        }
        lines += ["", "What to run:", "  \(line(message["command"]?.string ?? ""))", ""]
        return lines.joined(separator: "\n")
    }

    /// One line without anything that a terminal or a mail's head would take for more than text.
    private static func line(_ text: String) -> String {
        String(
            text.prefix(2000).unicodeScalars.map { scalar -> Character in
                scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.properties.isBidiControl
                    || scalar.value == 0x2028 || scalar.value == 0x2029 ? " " : Character(scalar)
            })
    }
}
