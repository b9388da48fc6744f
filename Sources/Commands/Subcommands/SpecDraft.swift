internal import ArgumentParser
internal import Base
internal import Engineer

/// `neo spec draft`: requirements from the interview.
struct SpecDraft: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draft",
        abstract: "Write requirements.md from the answers of the interview.",
        discussion: """
            Example:
              neo interview my-docs
              neo spec draft my-docs

            Each answer that decides something becomes a requirement with its test and its source; what
            nobody knows, an assumption or an open question. A requirement keeps its number.
            A requirements.md that somebody edited is left as it is: what would change is printed, and
            the exit code is 1. --replace writes it: an edited field stays, unless the answer behind
            it changed, and what people added or took out stays so.
            """)

    @OptionGroup var project: ProjectArgument

    @Flag(help: "Also write a requirements.md that was edited.")
    var replace = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let interview = try await OpenInterview(of: project, output).interview
        let drafted = try RequirementsDrafting(interview, in: project, replacing: replace)
        try output.render(drafted.json) {
            let lines = drafted.outcome == .unchanged ? [] : drafted.differences.map(\.words)
            return Terminal.harmless((lines + [drafted.sentence]).joined(separator: "\n"))
        }
        if drafted.outcome == .edited {
            throw EngineerError(
                code: .project,
                message: "\(drafted.path) was not written, because somebody edited it. --replace writes it, and keeps "
                    + "each edit that no new answer contradicts.")
        }
    }
}
