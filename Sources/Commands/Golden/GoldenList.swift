internal import ArgumentParser
internal import Base
internal import Engineer

/// `neo golden list`: proposals, and what became of them.
struct GoldenList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the proposals that nobody has decided of.",
        discussion: """
            Example:
              neo golden list my-docs
              neo golden list my-docs --all --json
            """)

    @OptionGroup var project: ProjectArgument

    @Flag(help: "Also those that were accepted, edited or rejected.")
    var all = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let proposals = try GoldenProposals(Project(opening: project.project)).read()
        let shown = proposals.filter { all || $0.state == .open }
        let counts = GoldenProposal.State.allCases.map { state in
            (state.rawValue, proposals.count { $0.state == state })
        }
        try output.render([
            "proposals": .array(shown.map(\.json)),
            "counts": .object(Dictionary(uniqueKeysWithValues: counts.map { ($0.0, .integer($0.1)) })),
        ]) {
            guard !proposals.isEmpty else {
                return "There are no proposals yet: neo golden propose \(project.project)"
            }
            let sum = counts.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
            return Terminal.harmless((shown.map(GoldenText.line) + [sum]).joined(separator: "\n"))
        }
    }
}

/// Proposals in words. Nothing here is harmless yet: it is what documents and models say.
enum GoldenText {
    /// `1 row`, `2 rows`.
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// A proposal in two lines.
    static func line(_ proposal: GoldenProposal) -> String {
        let place = proposal.evidence.first.map { "\($0.document):\($0.line)" } ?? "not in the documents"
        var state = proposal.state == .open ? "" : "  \(proposal.state.rawValue)"
        if let decision = proposal.decision {
            state += " by \(decision.source.name)\(decision.source.way == .automated ? " (nobody looked at it)" : "")"
            if let reason = decision.reason { state += ": \(reason)" }
        }
        return "\(proposal.id)  \(proposal.question)  [\(proposal.type), \(place)]\(state)"
            + (proposal.answers.first.map { "\n      \($0)" } ?? "")
    }
}
