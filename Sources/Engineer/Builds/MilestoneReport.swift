package import Base

/// What came of a milestone.
package struct MilestoneReport: Sendable, Hashable, Codable {
    /// One gate, looked at.
    package struct GateResult: Sendable, Hashable, Codable {
        /// As it stands in design.md.
        package let gate: String
        package let holds: Bool
        /// What was found, as a sentence.
        package let sentence: String
        /// What can be done where it does not hold.
        package let options: [String]
    }

    /// That a person goes on although a gate does not hold.
    package struct Acceptance: Sendable, Hashable, Codable {
        package let who: String
        package let reason: String
        package let at: String
        /// Where it was said, as an approval has it; nil in what was written before that was kept.
        package var how: String?

        /// Who, where and why, as a sentence.
        package var words: String {
            "accepted by \(who)\(how.map { ", " + ApprovalStanding.words($0) } ?? ""): \(reason)"
        }
    }

    /// What was measured, by name.
    package var figures: [String: Double] = [:]
    /// What happened, in a line.
    package var summary = ""
    package var gates: [GateResult] = []
    /// Why it could not be done at all.
    package var failure: String?
    package var acceptance: Acceptance?

    /// The first gate that does not hold.
    package var unmet: GateResult? { gates.first { !$0.holds } }
    /// Whether the next one may begin.
    var passes: Bool { acceptance != nil || (failure == nil && unmet == nil) }
}

/// A milestone and how far it is.
package struct MilestoneStanding: Sendable, Hashable {
    /// How far.
    package enum State: String, Sendable, Hashable {
        /// Not begun, or begun with other questions, settings or gates.
        case pending
        /// Begun, and not at its end: it runs, or was killed.
        case begun
        case passed, failed
    }

    package let milestone: Milestone
    package let state: State
    package let report: MilestoneReport?
    /// How long all attempts worked.
    package let seconds: Double
    /// When it ended last.
    package let ended: String?

    /// A line for people.
    package var words: String {
        let name = "\(milestone.id) \(milestone.title)"
        let time = seconds >= 1 ? " (\(DesignEstimate.span(seconds)))" : ""
        switch state {
        case .pending: return "○ \(name)"
        case .begun: return "… \(name): begun, not at its end\(time)"
        case .passed:
            let accepted = report?.acceptance.map { "; \($0.words)" } ?? ""
            return "✓ \(name): \(report?.summary ?? "")\(accepted)\(time)"
        case .failed:
            return "✗ \(name): \(reason)\(time)"
        }
    }

    /// Why it failed, as a sentence.
    package var reason: String {
        // The first is told, unless something else went wrong.
        let told = report?.failure == nil ? 1 : 0
        let others = (report?.gates ?? []).filter { !$0.holds }.dropFirst(told).map(\.gate)
        let more = others.isEmpty ? "" : " Nor do these hold: \(others.joined(separator: "; "))."
        return (report?.failure ?? report?.unmet?.sentence ?? "it failed") + more
    }

    /// What can be done where it failed, a line each.
    package var options: [String] {
        guard state == .failed else { return [] }
        var seen: Set<String> = []
        let options = (report?.gates ?? []).flatMap(\.options).filter { seen.insert($0).inserted }
        return options.isEmpty
            ? ["mend what is said here, then neo build again", GateCheck.accept(milestone.id)] : options
    }

    /// The requirements of its gates that do not hold.
    package var unmetRequirements: [String] {
        guard let report else { return [] }
        return zip(milestone.gates, report.gates).compactMap { gate, result in
            if case .requirement(let id) = gate, !result.holds, gate.words == result.gate { id } else { nil }
        }
    }

    /// Another text where it was looked at again: who accepts it, accepts what they saw.
    package var mark: String {
        let report = (try? report.map { try JSONValue(encoding: $0) })??.canonicalText ?? ""
        return String(ContentHash(of: "\(milestone.id)\n\(state.rawValue)\n\(ended ?? "")\n\(report)").hex.prefix(16))
    }

    /// The fields of `neo build --json`.
    package var json: JSONValue {
        get throws {
            [
                "milestone": .string(milestone.id), "title": .string(milestone.title),
                "does": .string(milestone.work.rawValue), "state": .string(state.rawValue),
                "seconds": .number(seconds), "ended": ended.map { .string($0) } ?? .null,
                "report": try report.map { try JSONValue(encoding: $0) } ?? .null,
            ]
        }
    }
}
