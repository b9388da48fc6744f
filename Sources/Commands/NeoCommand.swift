package import ArgumentParser

/// The root of the command line.
package struct NeoCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "neo",
        abstract: "An AI engineer on your own machine: documents and golden questions in, the best retrieval out.",
        discussion: """
            A first project, on your own Markdown files:

              neo new my-docs --documents 'docs/**/*.md' --golden questions.jsonl
              neo models pull all-minilm-l6-v2
              neo check my-docs
              neo search my-docs
              neo report my-docs
              neo serve my-docs

            Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a gate is not met, 130 interrupted.
            Every command has --json: one object on standard output, all else on standard error.
            """,
        version: neoVersion,
        subcommands: [
            RunCommand.self, New.self, InterviewCommand.self, Spec.self, ApproveCommand.self,
            GoldenCommand.self, LabelCommand.self, FeedbackCommand.self,
            DesignCommand.self, BuildCommand.self, AmendCommand.self, StatusCommand.self, GateCommand.self,
            AuditCommand.self,
            Import.self, Check.self, Search.self, Evaluate.self, Compare.self, JudgeCommand.self, Report.self,
            Ask.self, Serve.self, ReleaseCommand.self, BackupCommand.self, RestoreCommand.self,
            WatchCommand.self, AlertsCommand.self, DashboardCommand.self,
            AccessCommand.self, ForgetCommand.self, LevelCommand.self, Comments.self,
            Export.self, Runs.self, Log.self, QueryCommand.self,
            AgentCommand.self, ACPCommand.self, Sessions.self, SkillsCommand.self, MemoryCommand.self, MCPCommand.self,
            SandboxCommand.self,
            KnowledgeCommand.self, Learn.self, Costs.self, Models.self, Doctor.self,
        ]
    )

    package init() {}
}

/// The version of this build.
package let neoVersion = "0.1.0"
