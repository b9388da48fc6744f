internal import ArgumentParser
internal import Base
internal import Engineer
internal import Storage

/// `neo release verify`: whether a release is as it was made.
struct ReleaseVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compute all hashes of a release again, and name what differs.",
        discussion: """
            Example:
              neo release verify 3 my-docs
              neo release verify live my-docs

            Exit code 3 where a file is missing, was changed, or does not belong to the release.
            """)

    @Argument(help: "The release: its number, latest, or live.")
    var release: ReleaseName

    @OptionGroup var project: ProjectArgument

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let number = try await release.number(in: project)
        let folder = try ReleaseFolder(number, of: project)
        let books = try await ReleaseBooks.read(project)
        let found = try await ReleaseVerification.run(folder, known: books.record(number)?.hash)
        try output.render(found.json) {
            found.problems.isEmpty
                ? "Release \(number) is as it was made: \(found.files) files."
                : Terminal.harmless(found.problems.map(\.sentence).joined(separator: "\n"))
        }
        if !found.problems.isEmpty { throw GateNotMet(message: "Release \(number) is not as it was made.") }
    }
}
