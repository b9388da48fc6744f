internal import ArgumentParser
internal import Base
internal import Engineer
internal import Storage

extension ReleaseStage: ExpressibleByArgument {}

/// `neo release promote`: a release into service.
struct ReleasePromoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote",
        abstract: "Put a release into service, where the gate allows it.",
        discussion: """
            Example:
              neo release promote latest my-docs
              neo release promote 3 my-docs --stage canary
              neo release promote 3 my-docs --decide "the new documents matter more" --by Ada

            The gate asks the release and the one in service the held-out questions, and compares them
            question by question: not worse, worse, or undetermined, with how many more questions would
            decide. Each time is counted as an opening; from the fifth on it asks for fresh questions. The
            constraints of neo.yaml are measured again on this machine. A server that runs takes the
            release over within a second; with --stage shadow it asks it, too, and throws away what it
            says, with canary it gives it one request of ten.

            Exit code 3 where it is refused, or undetermined. Undetermined, a person may decide, at a
            terminal: --decide keeps the reason, with the name. Agents cannot.
            """)

    @Argument(help: "The release: its number, or latest.")
    var release: ReleaseName

    @OptionGroup var project: ProjectArgument

    @Option(help: "How much of the traffic it gets.")
    var stage = ReleaseStage.full

    @Option(help: "How much worse it may be, from 0 to 1; else what the requirements say, or 0.02.")
    var margin: Double?

    @Option(help: ArgumentHelp("Why it is wanted although the gate cannot tell.", valueName: "reason"))
    var decide: String?

    @OptionGroup var person: PersonOption

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let margin, !(0..<1).contains(margin) { throw ValidationError("--margin is a number from 0 to below 1.") }
        if let decide, !(1...1000).contains(decide.unicodeScalars.count) || decide.allSatisfy(\.isWhitespace) {
            throw ValidationError("--decide takes a reason of 1 to 1000 characters.")
        }
    }

    func run() async throws {
        let opened = try Project(opening: project.project)
        let number = try await release.number(in: opened)
        if decide != nil { try await confirm(number) }
        let progress = ProgressLine(quiet: output.quiet)
        var request = ReleasePromotion.Request(release: number, who: person.name)
        request.stage = stage
        request.margin = margin
        request.decision = decide
        let asked = request
        let result = try await MachineLanguageModels.with(for: opened, showing: progress) { models in
            var promotion = ReleasePromotion(
                opened, ports: .machine(models: models, showing: progress), onNote: { progress.update($0) })
            promotion.keeper = KnowledgeCommand.keeper(opened)
            return try await promotion.promote(asked)
        }
        progress.finish()
        try output.render([
            "isDone": .bool(result.isDone), "gate": result.gate.json,
            "isMeasuredNow": .bool(result.isMeasuredNow),
            "live": result.live.live.map { .integer($0) } ?? .null,
            "candidate": result.live.candidate.map { .integer($0) } ?? .null,
            "stage": result.live.stage.map { .string($0.rawValue) } ?? .null,
        ]) { Terminal.harmless(text(result)) }
        guard !result.isDone else { return }
        let isOpen = result.gate.outcome == .undetermined
        throw GateNotMet(
            message: "Release \(number) was not promoted."
                + (isOpen
                    ? " A person may decide: neo release promote \(number) --decide \"why\", at a terminal." : ""))
    }

    private func text(_ result: ReleasePromotion.Result) -> String {
        let before = result.isMeasuredNow ? "" : "The gate found before, and the questions were not opened again:\n"
        guard result.isDone else { return before + result.gate.text }
        let done =
            result.live.candidate.map { "Release \($0) is tried: \(stage.rawValue)." }
            ?? "Release \(result.live.live ?? 0) is in service."
        return before + result.gate.text + "\n" + done
    }

    /// A decision is a person's: somebody must be there.
    private func confirm(_ number: Int) async throws {
        guard Terminal.canAsk else {
            Terminal.printError("--decide is for a person at a terminal, and there is none.")
            throw ExitCode(2)
        }
        let question =
            "Promote release \(number) where the gate cannot tell, as \(Terminal.harmless(person.name))? [y/N] "
        guard let reply = try await Terminal.askUnlessCancelled(question),
            ["y", "yes"].contains(reply.filter { !$0.isWhitespace }.lowercased())
        else { throw GateNotMet(message: "Release \(number) was not promoted.") }
    }
}
