internal import ArgumentParser
internal import Base
internal import Engineer
internal import Storage

/// `neo release rollback`: back to the release before.
struct ReleaseRollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Put the release before into service again, at once.",
        discussion: """
            Example:
              neo release rollback my-docs --because "answers about tariffs are wrong"

            Nothing is measured. A release that is only tried (shadow, canary) is taken out, and the one in
            service stays. A server that runs still has the release before in memory.
            """)

    @OptionGroup var project: ProjectArgument

    @Option(help: ArgumentHelp("Why; kept with your name.", valueName: "reason"))
    var because: String?

    @OptionGroup var person: PersonOption

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let because, !(1...1000).contains(because.unicodeScalars.count) || because.allSatisfy(\.isWhitespace) {
            throw ValidationError("--because takes a reason of 1 to 1000 characters.")
        }
    }

    func run() async throws {
        let project = try Project(opening: project.project)
        let live = try await ReleasePromotion.rollBack(
            project, who: person.name, because: because, keeper: KnowledgeCommand.keeper(project))
        try output.render(["live": (live?.live).map { .integer($0) } ?? .null]) {
            "Release \(live?.live ?? 0) is in service."
        }
    }
}
