internal import ArgumentParser
internal import Base
internal import Engineer
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo feedback propose`: golden questions of what people did not like.
struct FeedbackPropose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose",
        abstract: "Propose golden questions of answers that people did not like.",
        discussion: """
            Example:
              neo feedback propose my-docs --count 30
              neo golden review my-docs

            Those that many people did not like and no golden question is near to come first. The sentence nearest to
            a correction becomes the quote; where there is none, whoever reviews the proposal looks for it. What was
            proposed before does not come again.
            """)

    @OptionGroup var project: ProjectArgument

    @Option(help: "How many at most, 1 to 500.")
    var count = 30

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard GoldenProposing.counts.contains(count) else { throw ValidationError("--count takes 1 to 500.") }
    }

    func run() async throws {
        let project = try Project(opening: project.project)
        let progress = ProgressLine(quiet: output.quiet)
        defer { progress.finish() }
        let outcome = try await FeedbackProposing.propose(
            project, from: ServiceDatabase(of: project), count: count, onParse: progress.parsing)
        progress.finish()
        for note in outcome.notes { output.note(Terminal.harmless(note)) }
        try output.render([
            "proposals": .array(outcome.proposals.map(\.json)), "reported": .integer(outcome.reported),
            "notes": .array(outcome.notes.map { .string($0) }),
        ]) {
            guard !outcome.proposals.isEmpty else {
                return outcome.reported == 0
                    ? "Nobody has said of an answer that it is bad."
                    : "All that people did not like was proposed before."
            }
            return Terminal.harmless(
                outcome.proposals.map(GoldenText.line).joined(separator: "\n")
                    + "\n\nNone of them counts before a person accepts it: neo golden review \(self.project.project)")
        }
    }
}

/// `neo feedback search`: whether another search is worth it.
struct FeedbackSearch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Say whether what people said is enough for another search, and what it would gain.",
        discussion: """
            Example:
              neo feedback search my-docs

            It measures the service in use on the questions of feedback that were accepted since the last search, and
            proposes another one where there are at least \(SearchProposal.needed) of them and something is missed. It
            begins nothing.
            """)

    @OptionGroup var project: ProjectArgument

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let progress = ProgressLine(quiet: output.quiet)
        defer { progress.finish() }
        let proposal = try await MachineLanguageModels.with(for: project, showing: progress) { models in
            let ports = Workspace.Ports.machine(models: models)
            return try await SearchProposal.make(try await Workspace.open(project, ports: ports), ports: ports)
        }
        progress.finish()
        // The dashboard shows what was found last.
        try await proposal.keep(in: ServiceDatabase(of: project), at: Date().timeIntervalSince1970)
        try output.render(proposal.json) { Terminal.harmless(proposal.text(self.project.project)) }
    }
}
