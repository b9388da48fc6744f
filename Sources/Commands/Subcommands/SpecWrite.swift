internal import ArgumentParser
internal import Base
internal import Engineer

/// `neo spec write`: requirements for programs.
struct SpecWrite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write",
        abstract: "Write requirements.json, the fields of requirements.md for programs.",
        discussion: """
            Example:
              neo spec write my-docs

            The file also is what neo spec diff compares with. requirements.md itself is not changed.
            """)

    @OptionGroup var project: ProjectArgument

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let file = try RequirementsFile(of: project)
        let path = try file.writeJSON(in: project)
        try output.render([
            "file": .string(path), "sha256": .string(file.hash.hex),
            "requirements": .integer(file.document.requirements.count),
        ]) { "Wrote \(path)." }
    }
}
