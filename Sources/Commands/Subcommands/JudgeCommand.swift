internal import ArgumentParser

struct JudgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Find out how far a model that judges answers can be trusted.",
        discussion: "Example:\n  neo judge audit my-docs --judge qwen2.5-coder-1.5b-instruct",
        subcommands: [JudgeAuditCommand.self]
    )
}
