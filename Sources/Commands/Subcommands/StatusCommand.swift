internal import ArgumentParser
internal import Base
internal import Engineer

/// `neo status`: where a project stands.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show where a project stands: what waits, and what each requirement's measured value says.",
        discussion: """
            Examples:
              neo status my-docs
              neo status my-docs R3
              neo status my-docs --json

            A requirement is met, not met, undetermined (its 95 % interval has values on both sides of the
            threshold), not measured, or stale: measured before it said what it says, or on other documents,
            questions or settings than now. Nothing is measured for it, and nothing but the verdicts is
            written. The name of a requirement follows it to its rows: questions, pages, a query.
            neo gate ends with 3 where one is not met. docs/status.md says more.
            """)

    @OptionGroup var place: StatusPlace

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (folder, requirement) = place.meant
        // A project that cannot be read is told by the sentence of who opens it.
        let project = try Project(opening: folder)
        let status = try await ProjectStatus(FoundProject(folder: project.folder))
        if let requirement {
            let text = try status.text(of: requirement)
            return try output.render(try status.object(of: requirement)) { Terminal.harmless(text) }
        }
        try output.render(status.json) { Terminal.harmless(status.text) }
    }
}
