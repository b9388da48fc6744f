internal import ArgumentParser
internal import Base
internal import Engineer

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look over the golden questions before anything is measured with them.",
        discussion: """
            Examples:
              neo check my-docs
              neo check my-docs --paraphrases

            Looks for quotes that stand in no document, questions that are asked twice or contradict each other, questions
            in their quote's own words, quotes that stand in other documents, too, and says how small a difference so many
            questions can show. --paraphrases also reads the best passages of other documents, and shows those that may
            answer a question in other words; that needs the project's encoder, and some seconds.
            Exit code 1 where something must be mended; what should only be looked at leaves it at 0.
            """
    )

    @OptionGroup var project: ProjectArgument

    @Flag(help: "Also look for other documents that answer in other words.")
    var paraphrases = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let progress = ProgressLine(quiet: output.quiet)
        let project = try Project(opening: project.project)
        var review = try await GoldenReview.run(project, onParsing: progress.parsing)
        if paraphrases {
            let plain = review
            review = try await MachineLanguageModels.with(for: project, showing: progress) { models in
                let found = try await plain.withParaphrases(
                    project, ports: .machine(models: models, showing: progress))
                for sentence in await models.sentences() { progress.line(sentence) }
                return found
            }
        }
        progress.finish()
        output.show(review.diagnostics)
        try output.render(review.json) { Terminal.harmless(review.text) }
        if review.hasErrors { throw ExitCode(1) }
    }
}
