internal import ArgumentParser
internal import Base
internal import Engineer

struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two configurations, or one with a system that is not Neo's, question by question.",
        discussion: """
            Example:
              neo compare winner default my-docs
              neo compare trial:7 mine.yaml my-docs --held-out
              neo compare winner external:present my-docs --held-out

            A and B are each `winner`, `default`, `trial:N` of the last search, or a file as `neo export config` writes it.
            They may also be `external:NAME`, a system under `search: external:` of neo.yaml, or
            `external:http://ADDRESS`: it is asked the questions (docs/external-systems.md).

            Tells the paired difference with its 95 % interval, the types of questions, and where the two differ most.
            Exit code 3 with --fail-if-worse where A is worse than B and the interval leaves no doubt.
            """
    )

    @Argument(help: "The first configuration: `winner`, `default`, `trial:N`, a file, or `external:NAME`.")
    var first: String

    @Argument(help: "The second one.")
    var second: String

    @OptionGroup var project: ProjectArgument

    @Flag(help: "Ask only the questions that the last search held out. Each time is counted.")
    var heldOut = false

    @Flag(help: "End with exit code 3 where A is worse than B.")
    var failIfWorse = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let progress = ProgressLine(quiet: output.quiet)
        let opened = try Project(opening: project.project)
        let (first, second, heldOut) = (first, second, heldOut)
        let (comparison, diagnostics) = try await MachineLanguageModels.with(for: opened, showing: progress) { models in
            let workspace = try await Workspace.open(opened, ports: .machine(models: models, showing: progress))
            let comparison = try await Comparison.run(
                workspace, first, second, isHeldOut: heldOut, onAsking: progress.asking)
            for sentence in await models.sentences() { progress.line(sentence) }
            return (comparison, workspace.diagnostics.all)
        }
        progress.finish()
        output.show(diagnostics)
        try output.render(comparison.json) { Terminal.harmless(comparison.text) }
        if failIfWorse, comparison.verdict == .worse {
            throw GateNotMet(message: "\(first) is worse than \(second), and --fail-if-worse was given.")
        }
    }
}
