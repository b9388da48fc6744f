internal import ArgumentParser
internal import Base
internal import Tracking

extension Runs {
    struct Watch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "watch",
            abstract: "Follow a run until it ends.",
            discussion: """
                Example:
                  neo runs watch search-1f0c2a

                Prints a line whenever something was logged; with --json, one object a line. The exit code is 0
                where the run finished, and 1 where it failed, crashed or was stopped.
                """)

        @Argument(help: "The run: its id, the beginning of it, or its name.")
        var run: String
        @OptionGroup var place: RunsPlace
        @Option(help: "Seconds between two looks.")
        var interval = 1.0
        @Flag(help: "Print an object a line.")
        var json = false

        func validate() throws {
            guard (0.1...3600).contains(interval) else { throw ValidationError("--interval must be 0.1 to 3600.") }
        }

        func run() async throws {
            let store = try RunFolder(place.project).store()
            var told = -1
            var alertsTold = 0
            while true {
                _ = try await store.refresh()
                let found = try await store.run(run)
                if found.points != told {
                    told = found.points
                    try await tell(found, store)
                }
                let alerts = try await store.alerts(of: found.id)
                for alert in alerts.dropFirst(alertsTold) where !json {
                    try Terminal.printResult(
                        Terminal.harmless("\(alert.alert.level.rawValue): \(alert.alert.title)") + "\n")
                }
                alertsTold = alerts.count
                switch found.status {
                case .running: try await Task.sleep(for: .seconds(interval))
                case .finished: return
                case .failed, .stopped, .crashed:
                    throw TrackingError(
                        .invalid, "Run \(found.id) \(found.status.rawValue)\(found.failure.map { ": \($0)" } ?? ".")")
                }
            }
        }

        private func tell(_ run: Run, _ store: RunStore) async throws {
            let summaries = try await store.summaries(of: run.id).filter { !$0.isSystem }
            if json {
                let object: JSONValue = [
                    "run": .string(run.id.text), "status": .string(run.status.rawValue),
                    "metrics": .array(summaries.map(RunWords.json)),
                ]
                return try Terminal.printResult(object.canonicalText + "\n")
            }
            let values = summaries.prefix(12).map { "\($0.metric) \(RunWords.number($0.lastValue))" }
            let step = summaries.map(\.lastStep).max().map { "step \($0)  " } ?? ""
            try Terminal.printResult(Terminal.harmless(step + values.joined(separator: "  ")) + "\n")
        }
    }
}
