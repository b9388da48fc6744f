internal import ArgumentParser
internal import Base
internal import Engineer
internal import LanguageModels
internal import RAG

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Measure one configuration, or a system that is not Neo's, on the golden questions.",
        discussion: """
            Example:
              neo export config my-docs --to winner.yaml
              neo eval winner.yaml my-docs --fail-under 0.8 --junit results.xml
              neo eval external:present my-docs

            CONFIG is a file as `neo export config` writes it, or the word `default` or `winner`.
            It may also be `external:NAME`, a system under `search: external:` of neo.yaml, or
            `external:http://ADDRESS`: it is asked all questions, and its passages are judged like
            Neo's own (docs/external-systems.md).

            Exit code 3 where the score is under --fail-under.

            With --answers, puts the questions to `neo ask` instead, and compares what it quotes with the
            evidence and the golden answers. With --judge, a model judges the answers, too; how far it can
            be trusted, `neo judge audit` finds out.
            """
    )

    @Argument(help: "The configuration: `winner`, `default`, `trial:N` of the last search, a file, or `external:NAME`.")
    var config: String

    @OptionGroup var project: ProjectArgument

    @Option(help: "The score under which the command ends with exit code 3.")
    var failUnder: Double?

    @Option(help: "Write one test case a question to this JUnit file.", completion: .file())
    var junit: String?

    @Flag(help: "Measure the answers and the abstentions instead of the retrieval.")
    var answers = false

    @Option(help: "With --answers: the language model that writes them; quotes, if left out.")
    var generator: String?

    @OptionGroup var judge: JudgeArgument

    @Option(help: "With --judge: what is judged; may be given several times.")
    var criterion = [JudgeCriterion.correctness]

    @OptionGroup var recording: RecordingOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard answers || judge.judge == nil else {
            throw ValidationError("--judge judges answers: it goes with --answers.")
        }
        guard answers || generator == nil else {
            throw ValidationError("--generator writes answers: it goes with --answers.")
        }
        guard !answers || (failUnder == nil && junit == nil) else {
            throw ValidationError("--answers has no one score: it goes with neither --fail-under nor --junit.")
        }
    }

    func run() async throws {
        let progress = ProgressLine(quiet: output.quiet)
        let opened = try Project(opening: project.project)
        if answers { return try await evaluateAnswers(opened, progress) }
        let (config, mode) = (config, recording.mode)
        let (evaluation, diagnostics) = try await MachineLanguageModels.with(
            for: opened, mode: mode, showing: progress
        ) { models in
            let workspace = try await Workspace.open(opened, ports: .machine(models: models, showing: progress))
            let evaluation =
                switch try MeasuredSystem(named: config, workspace: workspace) {
                case .configuration(let configuration):
                    try await Evaluation.run(workspace, configuration: configuration)
                case .external(let setting):
                    try await Evaluation.run(workspace, external: setting, onAsking: progress.asking)
                }
            for sentence in await models.sentences() { progress.line(sentence) }
            return (evaluation, workspace.diagnostics.all)
        }
        progress.finish()
        evaluation.track(opened, command: CommandLine.arguments)
        await (try? RunFolder(opened.folder))?.handOn(noting: output.note)
        output.show(diagnostics)
        if let junit {
            try AtomicFile.write(evaluation.junit(threshold: failUnder), to: Project.absolute(junit))
        }
        try output.render(evaluation.json) { Terminal.harmless(evaluation.text) }
        if let failUnder, evaluation.score.value < failUnder {
            throw GateNotMet(
                message: "The score \(Rounding.text(evaluation.score.value)) is under --fail-under \(failUnder)."
            )
        }
    }

    private func evaluateAnswers(_ opened: Project, _ progress: ProgressLine) async throws {
        try await MachineLanguageModels.with(for: opened, mode: recording.mode, showing: progress) { models in
            let workspace = try await Workspace.open(
                opened, ports: .machine(models: models, showing: progress))
            let system = try MeasuredSystem(named: config, workspace: workspace)
            guard let configuration = system.configuration else {
                throw ValidationError("--answers measures what Neo answers; \(config) is not Neo's.")
            }
            var writer: Generator?
            if let generator, generator != "none" {
                writer = Generator(model: try await models.model(generator, for: ModelUsePurpose(.generator)))
            }
            var evaluation = try await AnswerEvaluation.run(
                workspace, configuration: configuration, generator: writer)
            if let name = judge.judge {
                let judge = Judge(try await models.model(name, for: ModelUsePurpose(.judge)))
                evaluation.judgements = try await judgements(
                    evaluation.measurements, by: judge, writer: writer?.model.identity, opened, progress)
            }
            progress.finish()
            output.show(workspace.diagnostics.all)
            // Requirements are held to what the winner answers.
            if config == "winner" {
                try await evaluation.keep(
                    in: opened, configuration: configuration, generator: writer?.model.identity, at: Date())
            }
            try output.render(evaluation.json) { Terminal.harmless(evaluation.text) }
        }
    }

    /// What the judge says of the answers; quotes are written by no model, so any may judge them.
    private func judgements(
        _ measurements: [AnswerMeasurement], by judge: Judge, writer: String?, _ project: Project,
        _ progress: ProgressLine
    ) async throws -> [AnswerJudgement] {
        var judgements: [AnswerJudgement] = []
        for criterion in criterion {
            judgements.append(
                try await AnswerJudgement.of(
                    measurements, by: judge, criterion: criterion, project: project, writer: writer,
                    insists: self.judge.ownAnswers
                ) { done, all in progress.update("judging \(criterion.rawValue): \(done) of \(all)") })
        }
        return judgements
    }
}
