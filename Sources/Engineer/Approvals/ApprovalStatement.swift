internal import Storage

/// On what documents something was done, and whether people had agreed to them then: a part of `results.json`.
package struct ApprovalStatement: Sendable, Hashable, Codable {
    /// One of them.
    package struct Document: Sendable, Hashable, Codable {
        /// Its file: `requirements.md`.
        package let name: String
        package let sha256: String?
        package let state: ApprovalStanding.State
        /// Who agreed to it, how, and when; nil where it was not approved as it was.
        package let who: String?
        package let how: String?
        package let at: String?

        init(_ standing: ApprovalStanding) {
            name = standing.kind.fileName
            sha256 = standing.hash
            state = standing.state
            who = standing.approval?.who
            how = standing.approval?.how
            at = standing.approval?.approved
        }
    }

    package let documents: [Document]

    /// A warning for whoever reads the result; nil where everything was approved by a person.
    package var warning: String? {
        let unapproved = documents.filter { $0.state != .approved }.map { document in
            document.name
                + (document.state == .changed ? ", which changed since it was approved" : ", which nobody had approved")
        }
        let automated = documents.filter { $0.how == ApprovalWay.automated.rawValue }.map(\.name)
        var sentences: [String] = []
        if !unapproved.isEmpty {
            sentences.append("This stands on \(unapproved.joined(separator: "; ")): --unapproved allowed it.")
        }
        if !automated.isEmpty {
            sentences.append("\(automated.joined(separator: " and ")): approved by --yes, so nobody read it.")
        }
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    /// A line for each document: what, and who agreed.
    var rows: [[String]] {
        documents.map { document in
            let state =
                document.state == .approved
                ? "approved by \(document.who ?? "somebody"), \(document.at?.prefix(10) ?? ""), "
                    + ApprovalStanding.words(document.how ?? "")
                : document.state == .changed ? "changed since it was approved" : "not approved"
            return [document.name, "\(state) (SHA-256 \(document.sha256?.prefix(12) ?? "unknown"))"]
        }
    }
}
