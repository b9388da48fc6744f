internal import ArgumentParser
internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo runs`: what was done, and its figures.
struct Runs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List, compare and annotate runs: searches, trials, agent sessions, and what you log yourself.",
        discussion: """
            Example:
              neo runs list
              neo runs show search-1f0c2a
              neo runs compare first second
              neo runs derive f1 '2 * precision * recall / (precision + recall)'

            A run is named by its id, a unique beginning of it, or its name. Runs lie in .neo/runs.db of the
            project; docs/runs.md says how any program logs one.
            """,
        subcommands: [
            List.self, Show.self, Compare.self, Watch.self, Tag.self, Note.self, Derive.self, Correct.self, Remove.self,
            Prune.self, KeepParquet.self,
        ],
        defaultSubcommand: List.self)
}

/// Who says something of a run.
enum Author {
    /// The user of this machine.
    static var name: String {
        let name = ProcessInfo.processInfo.userName
        return name.isEmpty ? "somebody" : name
    }
}
