internal import ArgumentParser

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Run something inside walls, or find out whether they hold.",
        discussion: """
            Example:
              neo sandbox doctor
              neo sandbox run --write . -- make test
            """,
        subcommands: [SandboxDoctorCommand.self, SandboxRunCommand.self]
    )
}
