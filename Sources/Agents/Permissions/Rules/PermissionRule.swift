/// A person's rule about what agents may do: to a command's first words, to paths, or to hosts.
package struct PermissionRule: Sendable, Hashable {
    /// What becomes of what fits.
    package enum Decision: String, Sendable, Hashable, CaseIterable {
        case allow
        case ask
        case deny
    }

    /// Whose rule it is.
    package enum Origin: Sendable, Hashable {
        case user
        /// The project's: a stranger's, until the user trusts it, and so it can only be stricter.
        case project
    }

    /// What a rule is about.
    package enum Subject: Sendable, Hashable {
        /// The first words of a simple command; each may be one of several.
        case command([[String]])
        /// Files, by a pattern from the workspace on, or an absolute one.
        case path(String, access: Access)
        /// A host, `*.domain` for all below it, with `:port` where it is not the usual one.
        case host(String)
    }

    /// What is done to a file.
    package enum Access: String, Sendable, Hashable, CaseIterable {
        case read
        case write
        case any
    }

    package var subject: Subject
    package var decision: Decision
    /// Said with the decision.
    package var reason: String?
    package var origin: Origin

    package init(_ subject: Subject, _ decision: Decision, reason: String? = nil, origin: Origin = .user) {
        self.subject = subject
        self.decision = decision
        self.reason = reason
        self.origin = origin
    }

    /// The rule, as it is named in decisions.
    package var name: String {
        let what =
            switch subject {
            case .command(let words):
                "command: "
                    + words.map { $0.count == 1 ? $0[0] : "[\($0.joined(separator: ", "))]" }
                    .joined(separator: " ")
            case .path(let pattern, let access): "path: \(pattern)" + (access == .any ? "" : " (\(access.rawValue))")
            case .host(let host): "host: \(host)"
            }
        let whose = origin == .user ? "your" : "the project's"
        return "\(whose) rule \"\(what)\" says \(decision.rawValue)" + (reason.map { ": \($0)" } ?? "")
    }
}
