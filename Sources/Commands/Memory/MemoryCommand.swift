internal import Agents
internal import ArgumentParser
internal import Base
internal import Engineer
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo memory`: what is remembered of the work in a folder.
struct MemoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory",
        abstract: "Read and keep what later sessions should know.",
        discussion: """
            Example:
              neo memory context
              neo memory commit "The reranker is in; precision rose by 0.08. Left: its timeout."
              neo memory remember "Two minutes is the steeping time." --source docs/tea.md --quote "for two minutes"
              neo memory search reranker timeout

            A memory is plain Markdown in .neo/memory: main.md for the project, branches/<name>/commit.md and
            log.md for lines of work, facts.md for what is taken for true. Edit them as you like: edits are kept,
            and noted. Agents that work in the folder (neo agent) read it when they begin and write to it with
            the same verbs; several may write at once.
            """,
        subcommands: [
            Context.self, Commit.self, Branch.self, Merge.self, Log.self, Remember.self, Facts.self, Forget.self,
            Prefer.self, SearchMemory.self, Restore.self,
        ])
}

/// The folder whose memory is meant.
struct MemoryFolder: ParsableArguments {
    @Option(help: "The folder that is worked in.", completion: .directory)
    var folder = "."

    @Option(name: .customLong("as"), help: "Who writes.")
    var author = "person"

    /// What the folder's memory says, and who tells where its code stands.
    func opened() throws -> (memory: MemoryContext, code: MemoryCode) {
        let workspace = try AgentCommand.existingFolder(folder)
        let code: MemoryCode
        do { code = .git(try Sandbox.find(), workspace: workspace) } catch is SandboxError { code = .none }
        let files = try WorkspaceFiles(SandboxPolicy(workspace: workspace))
        return (Self.memory(workspace, code: code, files: files), code)
    }

    /// A folder's memory, whose facts are looked at in what may be read.
    static func memory(_ workspace: String, code: MemoryCode, files: WorkspaceFiles) -> MemoryContext {
        let environment = ProcessInfo.processInfo.environment
        return MemoryContext(
            MemoryStore(workspace: workspace), code: code, preferences: PreferencesFile.path(environment)
        ) { path in
            guard let content = try? files.read(files.absolute(path), limit: 4 << 20) else { return nil }
            return String(decoding: content.bytes, as: UTF8.self)
        }
    }
}
