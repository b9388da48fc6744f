internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo amend`: what a change would touch.
struct AmendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend",
        abstract: "Say which requirements, milestones and trials a change would touch; change nothing.",
        discussion: """
            Example:
              neo amend "latency p95 of 500 ms" my-docs
              neo amend "R3 ≥ 90 %" my-docs
              neo amend "add the manuals to the documents" my-docs
            """)

    @Argument(help: "The change, in a sentence or as a new test of a requirement.")
    var change: String

    @OptionGroup var project: ProjectArgument

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...2000).contains(change.unicodeScalars.count), !change.allSatisfy(\.isWhitespace) else {
            throw ValidationError("Say the change in 1 to 2000 characters, such as \"R3 ≥ 90 %\".")
        }
    }

    func run() async throws {
        let project = try Project(opening: project.project)
        let amendment = try Amendment(change, in: project)
        try output.render(amendment.json) { Terminal.harmless(amendment.text) }
    }
}
