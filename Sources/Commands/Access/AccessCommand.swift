internal import ArgumentParser

/// `neo access`: who may ask, who sees what, and who did.
struct AccessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access",
        abstract: "Keys of the service, who sees which documents, and the log of who asked what.",
        discussion: """
            Example:
              neo access keys add portal my-docs --scopes answer --groups hr --per-minute 60 --expires 90d
              neo access who hr/salaries.md my-docs
              neo access sees hr my-docs
              neo access log my-docs --verify

            Who sees which documents stands in neo.yaml (access) and in the documents' own first lines; neo serve
            shows nobody anything else. docs/access.md has a session. Agents can do none of this.
            """,
        subcommands: [AccessKeys.self, AccessWho.self, AccessSees.self, AccessLog.self])
}

/// `neo access keys`.
struct AccessKeys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Make keys for the service, list them, and take them back.",
        discussion: """
            Example:
              neo access keys add portal my-docs --scopes answer,retrieve --groups hr
              neo access keys list my-docs

            From the first key on, neo serve lets in nobody without one, or without its token.
            """,
        subcommands: [AccessKeysAdd.self, AccessKeysList.self, AccessKeysRevoke.self, AccessKeysRotate.self])
}
