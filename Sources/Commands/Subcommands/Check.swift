internal import ArgumentParser
internal import Base
internal import Engineer

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look over the golden questions before anything is measured with them.",
        discussion: """
            Example:
              neo check my-docs

            Looks for quotes that stand in no document, questions that are asked twice or contradict each other, questions
            in their quote's own words, quotes that stand in other documents, too, and says how small a difference so many
            questions can show. Needs no encoder.
            Exit code 1 where something must be mended; what should only be looked at leaves it at 0.
            """
    )

    @OptionGroup var project: ProjectArgument

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let progress = ProgressLine(quiet: output.quiet)
        let review = try await GoldenReview.run(Project(opening: project.project), onParsing: progress.parsing)
        progress.finish()
        output.show(review.diagnostics)
        try output.render(review.json) { Terminal.harmless(review.text) }
        if review.hasErrors { throw ExitCode(1) }
    }
}
