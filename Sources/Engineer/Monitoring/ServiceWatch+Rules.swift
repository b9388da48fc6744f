internal import Base
internal import RAG
internal import Statistics
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ServiceWatch {
    func finding(_ rule: AlertRule, at now: Double) async throws -> RuleFinding? {
        var counts: [Double: ServiceCounts] = [:]
        for seconds in Set(rule.windows.flatMap { [$0.longSeconds, $0.shortSeconds] }) {
            counts[seconds] = try await database.counts(
                from: now - seconds, to: now + Self.clockTolerance, slowMilliseconds: rule.limitMilliseconds)
        }
        guard var finding = rule.finding({ counts[$0] ?? ServiceCounts() }) else { return nil }
        let outcome: ServiceRequest.Outcome?? =
            switch rule.measure {
            case .errors: .some(.failed)
            case .abstentions: .some(.abstained)
            case .latency: .some(nil)
            default: nil
            }
        if let outcome, case .object(var members) = finding.evidence {
            let ids = try await database.examples(
                of: outcome, slowerThan: outcome == nil ? rule.limitMilliseconds : nil,
                from: now - finding.window.longSeconds, to: now + Self.clockTolerance)
            members["requests"] = .array(ids.map { .string($0) })
            finding.evidence = .object(members)
        }
        return finding
    }

    /// What is found beside rates: drift, documents under the golden set, rows of the future.
    func otherFindings(at now: Double) async throws -> [String: RuleFinding] {
        var findings: [String: RuleFinding] = [:]
        let window = AlertRule.Window(long: 0, short: 0, factor: 1, severity: .ticket)
        let drifted = try await database.latestDrift().filter(\.hasDrifted)
        if let worst = drifted.first {
            let names = Set(drifted.map { "\($0.feature) against \($0.reference)" }).sorted()
            findings["drift"] = RuleFinding(
                severity: .ticket,
                title: "Questions have changed: \(names.joined(separator: "; ")). \(worst.detail ?? "")",
                evidence: [
                    "measure": "drift",
                    "rows": .array(
                        drifted.map {
                            [
                                "feature": .string($0.feature), "reference": .string($0.reference),
                                "measure": .string($0.measure), "value": .number($0.value),
                                "threshold": .number($0.threshold), "p": $0.p.map { .number($0) } ?? .null,
                                "reference_count": .integer($0.referenceCount),
                                "current_count": .integer($0.currentCount), "detail": .string($0.detail ?? ""),
                            ]
                        }),
                ], window: window)
        }
        if let touched = try await database.fact("golden documents"), let list = touched["documents"]?.array,
            !list.isEmpty
        {
            let names = list.compactMap(\.string)
            findings["documents"] = RuleFinding(
                severity: .ticket,
                title: "Documents under the golden questions were changed or removed: "
                    + "\(names.prefix(5).joined(separator: ", "))\(names.count > 5 ? " and \(names.count - 5) more" : "").",
                evidence: touched, window: window)
        }
        let future = try await database.requests(after: now + Self.clockTolerance)
        if future > 0 {
            findings["clock"] = RuleFinding(
                severity: .ticket,
                title: "\(future) requests claim to come later than now: a clock was set back. No window counts them "
                    + "before their time has come.",
                evidence: ["measure": "clock", "rows": .integer(future)], window: window)
        }
        return findings
    }

    func command(_ name: String) -> String {
        let folder = ShellWord.quoted(project.folder)
        if let rule = policy.rules.first(where: { $0.name == name }) { return rule.command(project.folder) }
        return switch name {
        case "drift": "neo query \"FROM drift ORDER BY time DESC LIMIT 40\" --project \(folder)"
        case "documents": "neo check \(folder)"
        default: "timedatectl"
        }
    }

    func settle(_ findings: [String: RuleFinding], at now: Double) async throws {
        let open = Dictionary(
            try await database.alerts([.pending, .firing]).map { ($0.rule, $0) },
            uniquingKeysWith: { first, _ in first })
        var changes: [(alert: ServiceAlert, messages: [AlertDelivery])] = []
        for name in Set(open.keys).union(findings.keys).sorted() {
            let found = findings[name].map {
                ServiceAlert(
                    rule: name, severity: $0.severity, state: .pending, began: now, title: $0.title,
                    evidence: $0.evidence, command: command(name))
            }
            switch course.step(open[name], found: found, at: now) {
            case .none: break
            case .keep(let alert): changes.append((alert, []))
            case .tell(let alert, let event):
                let message = AlertMessage.json(alert, event, project: project.file.name)
                changes.append(
                    (
                        alert,
                        policy.channels.map {
                            AlertDelivery(alert: nil, channel: $0.name, event: event, message: message, due: now)
                        }
                    ))
            }
        }
        try await database.keep(changes)
    }
}
