internal import ArgumentParser

/// `neo release`: what a project puts into service.
struct ReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Make releases, test them, put them into service, and go back.",
        discussion: """
            Example:
              neo release build my-docs
              neo release test latest my-docs
              neo release promote latest my-docs
              neo serve my-docs
              neo release rollback my-docs

            A release is a folder, my-docs/release/1, with all that a service needs: documents as they were
            parsed, configuration, index, tests, documents for users and operators, and a manifest with the
            hash of every file. docs/releases.md explains it.
            """,
        subcommands: [
            ReleaseBuildCommand.self, ReleaseListCommand.self, ReleaseVerifyCommand.self, ReleaseDiffCommand.self,
            ReleaseTestCommand.self, ReleasePromoteCommand.self, ReleaseRollbackCommand.self,
        ])
}
