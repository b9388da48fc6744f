internal import Engineer

/// What is said before a document is approved.
enum ApprovalWords {
    /// How one comes to a document that is not there.
    static func origin(_ kind: ReviewedDocument.Kind) -> String {
        switch kind {
        case .requirements: "`neo interview` asks what is needed, and `neo spec draft` writes it."
        case .design: "`neo design` writes it from the requirements."
        }
    }

    /// How it stands, what changed, and what is wrong with it.
    static func before(_ standing: ApprovalStanding, findings: [String]) -> String {
        var lines = [standing.sentence]
        if standing.state == .changed {
            lines +=
                standing.changes.isEmpty
                ? ["  (what it said then was not kept)"] : standing.changes.map { "  " + $0 }
        }
        if !findings.isEmpty { lines += ["To be mended:"] + findings.map { "  " + $0 } }
        return lines.joined(separator: "\n")
    }
}
