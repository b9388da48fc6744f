internal import ArgumentParser
internal import Base
internal import Engineer

/// `neo golden review`: a person decides of proposals, one key each.
struct GoldenReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Decide of the open proposals, one after the other, with the passage beside each.",
        discussion: """
            Example:
              neo golden review my-docs

            a accept, e edit question and answer, r reject with a reason, s skip, b back to the one before
            (which takes its decision back), q leave. Each decision is kept at once, and the same command
            goes on from there. Without a terminal the same letters are read, a line each.
            """)

    @OptionGroup var project: ProjectArgument

    @OptionGroup var person: PersonOption

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let proposals = GoldenProposals(project)
        guard try proposals.read().contains(where: { $0.state == .open }) else {
            throw EngineerError(
                code: .invalidRequest, message: "No proposal is open: neo golden propose \(self.project.project)")
        }
        let clock = TimeSource.system
        let started = clock.nanoseconds()
        let source = GoldenProposal.Source(name: person.name, way: .terminal)
        let reviewing = GoldenReviewing(project: project, source: source)
        if Terminal.canAsk, Terminal.isInteractive {
            try await KeyReader.with { keys in try await reviewing.run(GoldenKeyboard(keys: keys)) }
        } else {
            try await reviewing.run(GoldenLines())
        }
        let minutes = Double(clock.nanoseconds() - started) / 60e9
        let all = try proposals.read()
        let counts = GoldenProposal.State.allCases.map { state in (state.rawValue, all.count { $0.state == state }) }
        let decided = reviewing.decided.count
        try output.render([
            "decided": .integer(decided), "minutes": .number((minutes * 100).rounded() / 100),
            "counts": .object(Dictionary(uniqueKeysWithValues: counts.map { ($0.0, .integer($0.1)) })),
        ]) {
            GoldenText.count(decided, "decision") + " in this sitting. "
                + counts.map { "\($0.1) \($0.0)" }.joined(separator: ", ") + "."
        }
    }
}
