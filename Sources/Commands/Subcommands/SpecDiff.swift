internal import ArgumentParser
internal import Base
internal import Engineer

/// `neo spec diff`: what changed in requirements, by their fields.
struct SpecDiff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show which fields of requirements.md changed since requirements.json was written.",
        discussion: """
            Example:
              neo spec write my-docs
              neo spec diff my-docs

            A line for each requirement that was added or removed, each field that changed, and
            each text that no field covers. Exit code 0, whether something changed or not.
            """)

    @OptionGroup var project: ProjectArgument

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let differences = try RequirementsFile(of: project).differences(in: project)
        try output.render(["differences": .array(differences.map(\.json))]) {
            differences.isEmpty
                ? "Nothing changed since requirements.json was written."
                : Terminal.harmless(differences.map(\.words).joined(separator: "\n"))
        }
    }
}
