internal import Base
internal import Engineer

extension DashboardPages {
    /// The milestones, each with what came of it, and what can be done about the one that stopped the build.
    static func build(_ view: ProjectOverview, author: String) -> JSONValue {
        guard let build = view.build else { return .null }
        return [
            "milestones": .array(
                build.milestones.map { standing in
                    let words = standing.state == .failed ? standing.reason : standing.report?.summary ?? ""
                    let accepted = standing.report?.acceptance?.words.capitalizedWord
                    return [
                        "id": .string(standing.milestone.id), "title": .string(standing.milestone.title),
                        "state": PageWords.state(accepted == nil ? standing.state.rawValue : "accepted"),
                        "words": .string(words),
                        "gates": .string(standing.milestone.gates.map(\.words).joined(separator: "; ")),
                        "accepted": accepted.map { .string($0) } ?? .null,
                        "unmet": .string(standing.report?.acceptance == nil ? "" : standing.reason),
                        "time": .string(standing.seconds > 0 ? PageWords.duration(standing.seconds) : "–"),
                    ]
                }),
            "stopped": build.stopped.map { stopped($0, view, author) } ?? .null, "isDone": .bool(build.isDone),
            "folder": .string(view.found.folder),
        ]
    }

    /// A gate that does not hold: what was found, the ways to go on, and the form of whoever accepts it.
    private static func stopped(_ standing: MilestoneStanding, _ view: ProjectOverview, _ author: String) -> JSONValue {
        let base = "/p/\(view.found.id)"
        let requirements = view.documents.first { $0.kind == .requirements }
        var links: [(String, String)] = standing.unmetRequirements.map { id in
            let line = requirements?.line(of: id)
            return ("\(id) in requirements.md", "\(base)/requirements" + (line.map { "#line-\($0)" } ?? ""))
        }
        if links.isEmpty, requirements != nil { links.append(("requirements.md", base + "/requirements")) }
        links.append(("the gates in design.md", base + "/design"))
        links.append(("golden questions", base + "/golden"))
        return [
            "id": .string(standing.milestone.id), "title": .string(standing.milestone.title),
            "failure": .string(standing.report?.failure ?? ""), "options": .array(standing.options.map { .string($0) }),
            "gateRows": .array(
                (standing.report?.gates ?? []).map {
                    [
                        "gate": .string($0.gate), "state": PageWords.state($0.holds ? "ok" : "failed"),
                        "words": .string($0.sentence),
                    ]
                }),
            "links": .array(
                links.enumerated().map {
                    ["label": .string($1.0), "path": .string($1.1), "isNext": .bool($0 > 0)]
                }),
            "seen": .string(standing.mark), "author": .string(author), "base": .string(base),
            "longest": .string(String(BuildSession.longestReason)), "folder": .string(view.found.folder),
        ]
    }
}
