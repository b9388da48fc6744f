/// How an attempt ended.
package enum AttackVerdict: String, Sendable, Hashable, Codable {
    /// The walls held.
    case blocked
    /// It got through.
    case through
    /// It could not be tried here, which says nothing about the walls.
    case skipped
    /// It ended without a word. Nobody should rely on a wall of which this is all that is known.
    case unclear
}

/// How an attempt ended, and what it met.
package struct AttackOutcome: Sendable, Hashable, Codable {
    package var verdict: AttackVerdict
    package var detail: String

    /// What a program's output says; what was found outside counts for more.
    init(output: String, status: Int, limitsHit: Set<SandboxLimit>, found: String?) {
        let said = output.split(separator: "\n").last { line in
            ["THROUGH", "BLOCKED", "SKIPPED", "UNCLEAR"].contains { line.hasPrefix($0) }
        }
        let detail = said.map { String($0.drop { $0 != " " }.dropFirst().prefix(120)) } ?? ""
        if let found {
            self.init(.through, found)
        } else if said?.hasPrefix("THROUGH") == true {
            self.init(.through, detail)
        } else if !limitsHit.isEmpty {
            self.init(.blocked, "ended at its limit of " + limitsHit.map(\.rawValue).sorted().joined(separator: ", "))
        } else if said?.hasPrefix("BLOCKED") == true {
            self.init(.blocked, detail)
        } else if said?.hasPrefix("SKIPPED") == true {
            self.init(.skipped, detail)
        } else {
            self.init(.unclear, detail.isEmpty ? "it ended with code \(status) and said nothing" : detail)
        }
    }

    init(_ verdict: AttackVerdict, _ detail: String) {
        self.verdict = verdict
        self.detail = detail
    }
}

/// One attack of the doctor's table.
package struct AttackRow: Sendable, Hashable, Codable {
    package var name: String
    package var area: String
    /// Inside Neo's walls.
    package var outcome: AttackOutcome
    /// Under a profile that shows the whole machine read-only; nil where it was not asked for.
    package var plain: AttackOutcome?
    /// Without any walls; nil where it was not asked for.
    package var unwalled: AttackOutcome?
    /// Whether it got through somewhere else, so that the walls are what blocked it here; nil where nothing was compared.
    package var provesWalls: Bool? {
        guard let plain, let unwalled else { return nil }
        return [plain, unwalled].contains { $0.verdict == .through }
    }
    /// What to do about it; nil where it was blocked.
    package var remedy: String?
}
