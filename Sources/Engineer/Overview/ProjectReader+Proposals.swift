#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// How many golden questions are proposed, and of how many a person has to decide.
package struct ProposalStanding: Sendable, Hashable {
    package let open: Int
    /// How many of the open ones come from what people said of answers.
    package let ofFeedback: Int
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
        let ofFeedback = all.count { $0.state == .open && $0.origin == FeedbackProposing.origin }
        let standing = ProposalStanding(
            open: open, ofFeedback: ofFeedback, decided: all.count - open, changed: state.changed)
        lastProposals = (state, standing)
        return standing
    }

    /// Proposed questions of which nobody has decided; those that people's feedback brought are told apart.
    func proposalItems(_ view: ProjectOverview) -> [WaitingItem] {
        guard let standing = view.proposals else { return [] }
        func item(_ kind: String, _ count: Int, _ origin: String) -> WaitingItem? {
            guard count > 0 else { return nil }
            let words = ReportText.count(count, "proposed golden question")
            return WaitingItem(
                kind: kind, sentence: "\(words)\(origin) \(count == 1 ? "waits" : "wait") for a decision.",
                since: standing.changed, place: .proposals, action: "Decide of them")
        }
        return [
            item("proposals", standing.open - standing.ofFeedback, ""),
            item("feedback", standing.ofFeedback, ", made of what people said of answers,"),
        ].compactMap { $0 }
    }
}
