package import Base
package import Storage

/// How a document stands with the people who have to agree to it.
package struct ApprovalStanding: Sendable {
    /// Whether they did.
    package enum State: String, Sendable, Hashable, Codable {
        /// There is no such document.
        case absent
        /// Nobody ever agreed to it.
        case unapproved
        /// Somebody agreed to what it said before.
        case changed
        /// Somebody agreed to what it says.
        case approved
    }

    package let kind: ReviewedDocument.Kind
    /// What it says; nil where there is none.
    let text: String?
    /// The SHA-256 of its bytes; nil where there is none.
    package let hash: String?
    /// Its approvals, the newest first.
    package let approvals: [ApprovalRecord]
    /// What it said when it was last approved, where that was something else and was kept.
    let approvedText: String?

    package var state: State {
        guard hash != nil else { return .absent }
        return approval != nil ? .approved : approvals.isEmpty ? .unapproved : .changed
    }

    /// The approval of what it says now.
    package var approval: ApprovalRecord? { approvals.first { $0.hash == hash } }

    /// What changed since it was approved, a line each; empty where nothing did, or nothing is known of it.
    package var changes: [String] {
        guard state == .changed, let text, let approvedText else { return [] }
        return DocumentChanges.lines(kind, from: approvedText, to: text)
    }

    /// In which fields requirements differ from the text that was approved last, as it was kept then; nil where they are
    /// approved as they are, nobody ever approved them, or that text was not kept.
    package var differences: [RequirementsDifference]? {
        guard kind == .requirements, state == .changed, let text, let approvedText else { return nil }
        return RequirementsDifference.all(
            from: RequirementsReader(approvedText).document, to: RequirementsReader(text).document)
    }

    /// What there is to say of it, as a sentence.
    package var sentence: String {
        let name = kind.fileName
        switch state {
        case .absent: return "There is no \(name)."
        case .unapproved: return "\(name) is not approved yet."
        case .changed:
            let last = approvals.first.map { " (\($0.who), \($0.approved.prefix(10)))" } ?? ""
            return "\(name) changed since it was approved\(last)."
        case .approved:
            let last = approval.map { " by \($0.who) on \($0.approved.prefix(10)), \(Self.words($0.how))" } ?? ""
            return "\(name) was approved\(last)."
        }
    }

    /// A way as it is said: `at a terminal`.
    package static func words(_ way: String) -> String {
        switch way {
        case ApprovalWay.terminal.rawValue: "at a terminal"
        case ApprovalWay.browser.rawValue, "dashboard": "in a browser"
        case ApprovalWay.automated.rawValue: "automated: nobody read it"
        default: way
        }
    }

    /// The fields of `neo approve --json`.
    package var json: JSONValue {
        [
            "document": .string(kind.fileName), "state": .string(state.rawValue),
            "sha256": hash.map { .string($0) } ?? .null, "changes": .array(changes.map { .string($0) }),
            "approvals": .array(
                approvals.map {
                    [
                        "sha256": .string($0.hash), "who": .string($0.who), "how": .string($0.how),
                        "at": .string($0.approved),
                    ]
                }),
        ]
    }
}
