#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// How many golden questions are proposed, and of how many a person has to decide.
package struct ProposalStanding: Sendable, Hashable {
    package let open: Int
    package let decided: Int
    /// When the last was proposed or decided.
    package let changed: Date
}

extension ProjectReader {
    /// How far the review of proposed questions has come; nil where none was ever proposed.
    func proposalStanding(_ project: Project) throws -> ProposalStanding? {
        guard let state = FileState(project.path(".neo/proposals.json")) else { return nil }
        if let known = lastProposals, known.state == state { return known.standing }
        let all = try GoldenProposals(project).read()
        let open = all.count { $0.state == .open }
        let standing = ProposalStanding(open: open, decided: all.count - open, changed: state.changed)
        lastProposals = (state, standing)
        return standing
    }

    /// Proposed questions of which nobody has decided.
    func proposalsItem(_ view: ProjectOverview) -> WaitingItem? {
        guard let standing = view.proposals, standing.open > 0 else { return nil }
        let words = ReportText.count(standing.open, "proposed golden question")
        return WaitingItem(
            kind: "proposals", sentence: "\(words) \(standing.open == 1 ? "waits" : "wait") for a decision.",
            since: standing.changed, place: .proposals, action: "Decide of them")
    }
}
