internal import ArgumentParser
internal import Base
internal import Engineer

/// `neo gate`: whether a project meets what it requires, for a CI of one's own.
struct GateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "End with exit code 3 where a requirement is not met.",
        discussion: """
            Example:
              neo gate my-docs --json

            Judges each requirement of requirements.md as neo status does, and prints the same. Exit code 3
            where one is not met or stale, where there is none, or where there is no requirements.md; 0 where
            all others are met, undetermined or not measured. --strict wants every one met, and the document
            in order and approved as it is.
            """)

    @OptionGroup var project: ProjectArgument

    @Flag(help: "Let through only what is met, in order and approved.")
    var strict = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let status = try await ProjectStatus(FoundProject(folder: project.folder))
        let obstacles = status.obstacles(isStrict: strict)
        guard case .object(var object) = status.json else { return }
        object["passes"] = .bool(obstacles.isEmpty)
        object["obstacles"] = .array(obstacles.map { .string($0) })
        try output.render(.object(object)) { Terminal.harmless(status.text) }
        guard obstacles.isEmpty else {
            throw GateNotMet(
                message: Terminal.harmless("The gate is not passed: \(obstacles.joined(separator: "; ")).")
            )
        }
    }
}
