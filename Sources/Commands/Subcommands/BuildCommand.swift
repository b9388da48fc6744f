internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo build`: the milestones of a design.
struct BuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Do the milestones of design.md in order, until a gate does not hold.",
        discussion: """
            Example:
              neo build my-docs
              neo build my-docs --trials 48
              neo build my-docs --accept M3 --because "good enough for the pilot" --by Ada

            Each milestone is done, then its gates are looked at: requirements by their latest verdict,
            figures by their number. Where one does not hold, the build stops with the reason and what can
            be done (exit code 3). The same command goes on from there; it may be stopped or killed at any
            moment, and what was spent of a milestone's minutes stays spent. A milestone is done anew where
            its text, the documents, the questions, neo.yaml or a requirement of its gates changed. The
            project's page in the dashboard can accept a milestone, too.
            """)

    @OptionGroup var project: ProjectArgument

    @Flag(help: "Show how far the build is, and do nothing.")
    var status = false

    @Option(help: "How many configurations a search tries; else what the milestone says.")
    var trials: Int?

    @Option(help: "How many dollars to spend on models at most, all runs of a search together.")
    var maxCost: Double?

    @Option(help: ArgumentHelp("Go on although a gate of this milestone does not hold.", valueName: "milestone"))
    var accept: String?

    @Option(help: ArgumentHelp("Why it is accepted; kept with your name.", valueName: "reason"))
    var because: String?

    @OptionGroup var person: PersonOption

    @OptionGroup var approval: UnapprovedOption

    @OptionGroup var recording: RecordingOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let trials, trials < 1 { throw ValidationError("--trials must be at least 1.") }
        if let maxCost, !(maxCost > 0 && maxCost.isFinite) {
            throw ValidationError("--max-cost must be dollars, more than 0.")
        }
        guard (accept == nil) == (because == nil) else {
            throw ValidationError("--accept M3 and --because \"…\" go together: the reason is kept.")
        }
        if let because, !(1...1000).contains(because.unicodeScalars.count) || because.allSatisfy(\.isWhitespace) {
            throw ValidationError("--because takes a reason of 1 to 1000 characters.")
        }
    }

    func run() async throws {
        let project = try Project(opening: project.project)
        if status {
            guard let outcome = try await BuildSession.standing(project) else {
                throw EngineerError(
                    code: .project,
                    message: "There is no design.md in \(project.folder): `neo design \(project.folder)` writes it.")
            }
            return try show(outcome)
        }
        if let accept, let because {
            let standing = try await BuildSession.accept(
                accept, in: project, who: person.name, how: Terminal.canAsk ? .terminal : nil, reason: because,
                at: Date())
            output.note(Terminal.harmless(standing.words))
        }
        let progress = ProgressLine(quiet: output.quiet)
        var options = BuildOptions()
        options.allowsUnapproved = approval.unapproved
        options.trials = trials
        options.maxCost = maxCost
        options.knowledge = KnowledgeBase.standard(ProcessInfo.processInfo.environment)
        options.reader = ReaderFile(ProcessInfo.processInfo.environment).level
        options.commandLine = CommandLine.arguments
        options.version = neoVersion
        let outcome = try await BuildRunner(project: project, mode: recording.mode, progress: progress).run(options)
        progress.finish()
        try show(outcome)
        if let stopped = outcome.stopped {
            throw GateNotMet(message: "The build stopped at \(stopped.milestone.id).")
        }
    }

    private func show(_ outcome: BuildSession.Outcome) throws {
        try output.render([
            "done": .bool(outcome.isDone),
            "stopped": outcome.stopped.map { .string($0.milestone.id) } ?? .null,
            "milestones": .array(try outcome.milestones.map { try $0.json }),
            "approvals": try outcome.approvals.map { try JSONValue(encoding: $0) } ?? .null,
        ]) { Terminal.harmless(BuildWords.text(outcome)) }
    }
}
