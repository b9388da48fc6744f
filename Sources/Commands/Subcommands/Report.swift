internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Show what the last search found, and write report.md and report.html again.",
        discussion: """
            Example:
              neo report my-docs
              open my-docs/report.html

            How to read the numbers is said for three kinds of readers; in report.html the text for you is
            open (neo level).
            """
    )

    @OptionGroup var project: ProjectArgument
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let results = try ReportArchive.rewrite(
            project, for: ReaderFile(ProcessInfo.processInfo.environment).level)
        try output.render(JSONValue(encoding: results)) {
            Terminal.harmless(SearchSummary.text(results)) + "\n\nThe whole report: \(project.path("report.html"))"
        }
    }
}
