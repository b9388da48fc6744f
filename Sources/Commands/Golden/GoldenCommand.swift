internal import ArgumentParser
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo golden`: questions with the answers that a person would accept.
struct GoldenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "golden",
        abstract: "Propose golden questions from the documents, and decide of each.",
        discussion: """
            Example:
              neo golden propose my-docs --count 30
              neo golden review my-docs

            A proposal becomes a row of the golden file when a person accepts it. docs/golden.md says how good
            proposals are, and what they cannot replace.
            """,
        subcommands: [
            GoldenPropose.self, GoldenReviewCommand.self, GoldenList.self, GoldenAccept.self, GoldenReject.self,
            GoldenReopen.self, GoldenWorthCommand.self,
        ])
}
