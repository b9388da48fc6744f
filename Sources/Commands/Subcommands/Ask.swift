internal import ArgumentParser
internal import Base
internal import Engineer
internal import RAG

struct Ask: AsyncParsableCommand, BeginsAnew {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Answer a question from the documents, with quotes and their places.",
        discussion: """
            Example:
              neo ask "How do I stop a server without dropping requests?" my-docs

              neo ask "How do I stop a server?" my-docs --generator smollm2-135m-instruct

            Uses the winner of the last search; before the first search, the default configuration. With
            --generator a language model writes the answer from the passages and cites them: a model of this
            machine (`neo models pull`), ENDPOINT/MODEL of config.yaml, or the role `generator`. A terminal shows
            it as it is written; Ctrl-C stops it.
            """
    )

    @Argument(help: "The question.")
    var question: String

    @OptionGroup var project: ProjectArgument

    @Option(help: "How many passages to look at.")
    var limit = 10

    @Option(
        help: "The language model that writes the answer; `none` for quotes. As the last search chose, if left out.")
    var generator: String?

    @OptionGroup var recording: RecordingOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !question.allSatisfy(\.isWhitespace) else { throw ValidationError("The question is empty.") }
        guard (1...100).contains(limit) else { throw ValidationError("--limit must be from 1 to 100.") }
    }

    func run() async throws {
        let progress = ProgressLine(quiet: output.quiet)
        let opened = try Project(opening: project.project)
        let live = LiveAnswer(isShown: Terminal.showsResults && !output.json)
        let answer = try await MachineLanguageModels.with(for: opened, mode: recording.mode, showing: progress) {
            models in
            let workspace = try await Workspace.open(
                opened, ports: .machine(models: models))
            let release = try await Release.open(workspace, answering: models.answering(generator))
            return try await live.answer(from: release.events(Query(question, limit: limit)), clearing: progress)
        }
        progress.finish()
        // What stands on the terminal already is not said again.
        if try live.finish(answer) { return }
        try output.render(JSONValue(encoding: answer)) { AnswerText.whole(answer) }
    }
}
