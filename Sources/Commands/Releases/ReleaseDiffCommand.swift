internal import ArgumentParser
internal import Base
internal import Engineer

/// `neo release diff`: in what two releases differ.
struct ReleaseDiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show in what two releases differ: parameters, origin, documents, files.",
        discussion: """
            Example:
              neo release diff live latest my-docs
              neo release diff 1 2 my-docs --json
            """)

    @Argument(help: "The first release: its number, latest, or live.")
    var first: ReleaseName

    @Argument(help: "The second one.")
    var second: ReleaseName

    @OptionGroup var project: ProjectArgument

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let folders = [
            try ReleaseFolder(try await first.number(in: project), of: project),
            try ReleaseFolder(try await second.number(in: project), of: project),
        ]
        let difference = try ReleaseDifference(folders[0], folders[1])
        try output.render(difference.json) { Terminal.harmless(difference.text) }
    }
}
