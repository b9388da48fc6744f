internal import Engineer
internal import LanguageModelClients

/// Runs a build with this machine's models, and shows how far it is.
struct BuildRunner {
    let project: Project
    let mode: RecordingMode
    let progress: ProgressLine

    func run(_ options: BuildOptions) async throws -> BuildSession.Outcome {
        let (project, progress) = (project, progress)
        return try await MachineLanguageModels.with(for: project, mode: mode, showing: progress) { models in
            let outcome = try await BuildSession.run(
                project, options: options, ports: .machine(models: models, showing: progress)
            ) { event in
                switch event {
                case .began(let milestone): progress.line("\(milestone.id) \(Terminal.harmless(milestone.title)) …")
                case .ended(let standing): progress.line(Terminal.harmless(standing.words))
                case .search(let event): Search.show(event, progress)
                case .note(let sentence): progress.line(Terminal.harmless(sentence))
                }
            }
            for sentence in await models.sentences() { progress.line(sentence) }
            return outcome
        }
    }
}
