internal import ArgumentParser
internal import Base
internal import Tracking

extension Runs {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List runs, the latest first.",
            discussion: """
                Example:
                  neo runs list
                  neo runs list --kind trial --parent search-1f0c2a --limit 20
                  neo runs list --tag best --json

                Parts of other runs, such as the trials of a search, are left out unless --all or --parent is
                said. A run whose process is gone without a word has crashed.
                """)

        @OptionGroup var place: RunsPlace
        @Option(help: "Only runs of this kind: search, trial, agent, benchmark, …")
        var kind: String?
        @Option(help: "Only runs in this state: running, finished, failed, stopped, crashed.")
        var status: Run.Status?
        @Option(help: "Only runs of this group.")
        var group: String?
        @Option(help: "Only runs with this tag.")
        var tag: String?
        @Option(help: ArgumentHelp("Only the parts of this run.", valueName: "run"))
        var parent: String?
        @Option(help: "Only runs whose name contains this.")
        var search: String?
        @Flag(help: "Parts of other runs, too.")
        var all = false
        @Option(help: "How many at most.")
        var limit = 50
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 100000.") }
        }

        func run() async throws {
            let store = try await place.open(output)
            var query = RunQuery(status: status)
            (query.kind, query.group, query.tag, query.text) = (kind, group, tag, search)
            if let parent { query.parent = try await store.run(parent).id }
            query.isTopLevel = !all && parent == nil && kind == nil
            query.limit = limit
            let runs = try await store.runs(query)
            let count = try await store.count(query)
            try output.render(["runs": .array(runs.map(RunWords.json)), "count": .integer(count)]) {
                guard !runs.isEmpty else { return "There are no such runs here." }
                let rows = runs.map { run in
                    [
                        run.id.text, run.kind, run.status.rawValue, RunWords.time(run.started), RunWords.duration(run),
                        "\(run.points)",
                        run.name + (run.tags.isEmpty ? "" : "  [" + run.tags.joined(separator: ", ") + "]"),
                    ]
                }
                let more = count > runs.count ? "\n… and \(count - runs.count) more: --limit \(count)" : ""
                return Terminal.harmless(
                    RunWords.table([["id", "kind", "status", "began (UTC)", "took", "points", "name"]] + rows) + more)
            }
        }
    }
}

extension Run.Status: ExpressibleByArgument {}
