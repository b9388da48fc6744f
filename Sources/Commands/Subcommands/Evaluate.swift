internal import ArgumentParser
internal import Base
internal import Engineer

struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Measure one configuration on the golden questions, without a search.",
        discussion: """
            Example:
              neo export config my-docs --to winner.yaml
              neo eval winner.yaml my-docs --fail-under 0.8 --junit results.xml

            CONFIG is a file as `neo export config` writes it, or the word `default` or `winner`.
            Exit code 3 where the score is under --fail-under.
            """
    )

    @Argument(help: "A configuration file, `default` or `winner`.")
    var config: String

    @OptionGroup var project: ProjectArgument

    @Option(help: "The score under which the command ends with exit code 3.")
    var failUnder: Double?

    @Option(help: "Write one test case a question to this JUnit file.", completion: .file())
    var junit: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let progress = ProgressLine(quiet: output.quiet)
        let workspace = try await Workspace.open(
            Project(opening: project.project),
            ports: .machine { done, all in
                if all > 512 { progress.update("encoding passages: \(done) of \(all)") }
            }
        )
        let configuration = try ConfigurationFile.configuration(named: config, workspace: workspace)
        let evaluation = try await Evaluation.run(workspace, configuration: configuration)
        progress.finish()
        output.show(workspace.diagnostics.all)
        if let junit {
            try AtomicFile.write(evaluation.junit(threshold: failUnder), to: Project.absolute(junit))
        }
        try output.render(evaluation.json) { evaluation.text }
        if let failUnder, evaluation.score.value < failUnder {
            throw GateNotMet(
                message: "The score \(Rounding.text(evaluation.score.value)) is under --fail-under \(failUnder)."
            )
        }
    }
}
