internal import ArgumentParser
internal import Base
internal import Engineer

struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Show what the last search found, and write report.md and report.html again.",
        discussion: """
            Example:
              neo report my-docs
              open my-docs/report.html
            """
    )

    @OptionGroup var project: ProjectArgument
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let results = try ReportArchive.rewrite(project)
        try output.render(JSONValue(encoding: results)) {
            Terminal.harmless(SearchSummary.text(results)) + "\n\nThe whole report: \(project.path("report.html"))"
        }
    }
}
