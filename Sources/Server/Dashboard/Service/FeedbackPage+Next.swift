internal import Base
internal import Engineer
internal import Storage

extension DashboardPages {
    /// So many proposals are listed; the review shows all.
    private static let proposalsShown = 20

    /// What was proposed of feedback, and waits for a person or was decided.
    static func proposals(_ all: [GoldenProposal], _ base: String) -> [String: JSONValue] {
        let open = all.filter { $0.state == .open }
        return [
            "anyProposed": .bool(!all.isEmpty), "anyOpen": .bool(!open.isEmpty),
            "openCount": .string(String(open.count)),
            "isOneOpen": .bool(open.count == 1),
            "accepted": .string(String(all.count { [.accepted, .edited].contains($0.state) })),
            "rejected": .string(String(all.count { $0.state == .rejected })),
            "proposals": .array(
                open.prefix(proposalsShown).map {
                    [
                        "name": .string($0.id), "question": .string(PageWords.shortened($0.question, 500)),
                        "why": .string(PageWords.shortened($0.why, 500)),
                        "path": .string("\(base)/golden/review?id=\(FormBody.encoded($0.id))"),
                    ]
                }),
        ]
    }

    /// Whether another search is worth it, as `neo feedback search` found when it was last asked: to measure it takes too long
    /// for a page.
    static func search(
        _ database: ServiceDatabase?, _ project: Project, _ view: ProjectOverview, _ folder: String
    ) async throws -> JSONValue {
        let gathered = try SearchProposal.gathered(project, since: view.results).count
        let kept: (proposal: SearchProposal, at: Double)? =
            if let database { try await SearchProposal.kept(in: database) } else { nil }
        let isOutdated = kept.map { $0.proposal.questions != gathered } ?? false
        return [
            "gathered": .string("\(gathered) of \(SearchProposal.needed)"),
            "isSearched": .bool(view.results != nil),
            "isKept": .bool(kept != nil), "at": kept.map { PageWords.time($0.at) } ?? .null,
            "lines": .array(
                (kept?.proposal.text(folder) ?? "").split(separator: "\n").map { ["line": .string(String($0))] }),
            "isOutdated": .bool(isOutdated),
            "state": kept.map { PageWords.state($0.proposal.isDue ? "a search is proposed" : "none is proposed") }
                ?? .null,
        ]
    }
}
