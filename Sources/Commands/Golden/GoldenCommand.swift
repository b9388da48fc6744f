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

/// Who decides.
struct PersonOption: ParsableArguments {
    @Option(help: ArgumentHelp("Who decides; your name on this machine without.", valueName: "name"))
    var by: String?

    var name: String {
        let environment = ProcessInfo.processInfo.environment
        return [by, environment["USER"], environment["LOGNAME"]].compactMap { $0 }.first { !$0.isEmpty } ?? "somebody"
    }

    func validate() throws {
        guard by.map({ (1...100).contains($0.unicodeScalars.count) }) ?? true else {
            throw ValidationError("--by takes a name of 1 to 100 characters.")
        }
    }
}
