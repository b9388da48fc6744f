internal import ArgumentParser
internal import Engineer
internal import LanguageModelClients
internal import LanguageModels

/// Who judges.
struct JudgeArgument: ParsableArguments {
    @Option(help: "The judge: a model of this machine, ENDPOINT/MODEL of config.yaml, or the role `judge`.")
    var judge: String?

    @Flag(help: "Let the judge judge answers that it wrote itself; the result says so.")
    var ownAnswers = false

    /// Opens the judge while `body` works: who has the role, where `--judge` is left out.
    func withModel<Result: Sendable>(
        for project: Project, mode: RecordingMode, progress: ProgressLine,
        _ body: @Sendable (any LanguageModel) async throws -> Result
    ) async throws -> Result {
        let name = judge ?? "judge"
        return try await MachineLanguageModels.with(for: project, mode: mode, showing: progress) { models in
            try await body(try await models.model(name, for: ModelUsePurpose(.judge)))
        }
    }
}
