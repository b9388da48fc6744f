internal import ArgumentParser
internal import Base
internal import Engineer

/// `neo golden propose`: questions from the documents.
struct GoldenPropose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose",
        abstract: "Propose questions from the documents, for a person to review.",
        discussion: """
            Example:
              neo golden propose my-docs --count 30
              neo golden propose my-docs --count 30 --seed 2 --json
              neo golden propose my-docs --count 10 --model qwen2.5-coder-1.5b-instruct

            Without a model, templates make questions of definitions, headings, numbers, dates, reasons,
            conditions, comparisons and tables, each with the sentence that answers it, and some that the
            documents do not answer. They know English only. The same documents and seed give the same
            questions; what was proposed before, accepted or not, does not come again.
            With --model a language model writes them, and filters keep those whose quote stands in the
            passage and holds the answer, that do not copy it, and that only one place answers.
            """)

    @OptionGroup var project: ProjectArgument

    @Option(help: "How many, 1 to 500.")
    var count = 30

    @Option(help: "What the choice among questions starts from.")
    var seed: UInt64 = 1

    @Option(help: "A model of this machine, ENDPOINT/MODEL of config.yaml, or the role `generator`.")
    var model: String?

    @OptionGroup var recording: RecordingOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard GoldenProposing.counts.contains(count) else { throw ValidationError("--count takes 1 to 500.") }
    }

    func run() async throws {
        let project = try Project(opening: project.project)
        let progress = ProgressLine(quiet: output.quiet)
        defer { progress.finish() }
        let (outcome, filtering) = try await outcome(project, progress)
        progress.finish()
        for note in outcome.notes { output.note(Terminal.harmless(note)) }
        try output.render([
            "proposals": .array(outcome.proposals.map(\.json)), "candidates": .integer(outcome.candidates),
            "documents": .integer(outcome.documents), "notes": .array(outcome.notes.map { .string($0) }),
            "filtering": filtering?.json ?? .null,
        ]) {
            let kinds = Dictionary(grouping: outcome.proposals, by: \.type).mapValues(\.count)
                .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
            return Terminal.harmless(
                outcome.proposals.map(GoldenText.line).joined(separator: "\n")
                    + "\n\n\(outcome.proposals.count) of \(outcome.candidates) possible questions from "
                    + GoldenText.count(outcome.documents, "document") + ": " + kinds.joined(separator: ", ")
                    + "." + (filtering.map { "\n" + $0.text } ?? "")
                    + "\nNone of them counts before a person accepts it: neo golden review \(self.project.project)")
        }
    }

    private func outcome(
        _ project: Project, _ progress: ProgressLine
    ) async throws -> (GoldenProposing.Outcome, GoldenProposing.Filtering?) {
        guard let name = model else {
            return (
                try await GoldenProposing.propose(project, count: count, seed: seed, onParse: progress.parsing), nil
            )
        }
        let (count, seed) = (count, seed)
        return try await MachineLanguageModels.with(for: project, mode: recording.mode, showing: progress) { models in
            let model = try await models.model(name, for: ModelUsePurpose(.generator))
            let (outcome, filtering) = try await GoldenProposing.propose(
                project, count: count, seed: seed, model: model, name: name, onParse: progress.parsing
            ) { progress.update("asking about passage \($0)") }
            return (outcome, filtering)
        }
    }
}
