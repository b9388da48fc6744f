internal import ArgumentParser
internal import Base
internal import Engineer
internal import Storage

struct Costs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "costs",
        abstract: "Show what the calls of models cost.",
        discussion: """
            Example:
              neo costs my-docs
              neo costs my-docs --by day --since 2026-11-01

            Every call of a language model, an embedder or a reranker that is served is in the project's
            ledger, .neo/neo.db, with its tokens and the price that was applied. "unknown" are calls that
            nobody knows the price of, which is not the same as nothing; ~ marks tokens that no server
            counted. What was answered from a recording cost nothing, and its tokens are not counted.
            Below the table stand the prices, who says so, and since when; those in config.yaml come
            before the list that Neo brings.

            --by search adds up what the report of a search says that it spent.
            """
    )

    @OptionGroup var project: ProjectArgument

    @Option(help: "What calls are added up by.")
    var by = CallGrouping.model

    @Option(help: ArgumentHelp("Only calls that began on this day (UTC) or later.", valueName: "yyyy-mm-dd"))
    var since: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let since = try since.map { try CallCosts.date($0) }
        let costs = try await CallCosts.read(Project(opening: project.project), by: by, since: since)
        try output.render(costs.json) { Terminal.harmless(costs.text) }
    }
}

extension CallGrouping: ExpressibleByArgument {}
