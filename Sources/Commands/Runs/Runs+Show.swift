internal import ArgumentParser
internal import Base
internal import Tracking

extension Runs {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show a run: what it was made with, its metrics, alerts and files.",
            discussion: """
                Example:
                  neo runs show search-1f0c2a
                  neo runs show first --metric loss --json
                """)

        @Argument(help: "The run: its id, the beginning of it, or its name.")
        var run: String
        @OptionGroup var place: RunsPlace
        @Option(help: "Print the points of this metric.")
        var metric: String?
        @Flag(help: "Show only what an agent may see: no texts, tables and files that were logged.")
        var asAgent = false
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let store = try await place.open(output)
            let found = try await store.run(run)
            if let metric { return try await show(metric, of: found, in: store) }
            let folder = try RunFolder(place.project)
            let page = try await RunPage(found, in: store, keepsParquet: folder.keepsParquet, asAgent: asAgent)
            try output.render(page.json) { Terminal.harmless(page.text) }
        }

        private func show(_ metric: String, of run: Run, in store: RunStore) async throws {
            let points = try await RunPage.points(metric, of: run.id, in: store)
            guard !points.isEmpty else {
                let names = try await store.summaries(of: run.id).prefix(12).map(\.metric).joined(separator: ", ")
                throw TrackingError(.notFound, "Run \(run.id) has no metric `\(metric)`; it has: \(names)")
            }
            let rows = points.map { point -> JSONValue in
                ["step": .integer(point.step), "timestamp": .number(point.time), "value": .number(point.value)]
            }
            try output.render(["run": .string(run.id.text), "metric": .string(metric), "points": .array(rows)]) {
                RunWords.table(
                    [["step", "time (UTC)", "value"]]
                        + points.map { ["\($0.step)", RunWords.time($0.time), RunWords.number($0.value)] })
            }
        }
    }
}
