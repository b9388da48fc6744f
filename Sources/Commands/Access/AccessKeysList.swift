internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo access keys list`.
struct AccessKeysList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show the keys, without their secrets.",
        discussion: """
            Example:
              neo access keys list my-docs
              neo access keys list my-docs --json
            """)

    @OptionGroup var project: ProjectArgument

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (keys, now) = (try await KeyDesk(try Project(opening: project.project)).keys(), Date())
        try output.render(["keys": .array(keys.map { AccessWords.json($0, at: now) })]) {
            guard !keys.isEmpty else { return "There are no keys. `neo access keys add NAME` makes one." }
            return keys.map { Terminal.harmless(AccessWords.line($0, at: now)) }.joined(separator: "\n")
        }
    }
}
