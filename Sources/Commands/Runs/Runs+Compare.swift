internal import ArgumentParser
internal import Base
internal import Tracking

extension Runs {
    struct Compare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "compare",
            abstract: "Put runs side by side: in what they differ, and what came of it.",
            discussion: """
                Example:
                  neo runs compare first second third

                Of the configuration only what differs is shown; of the metrics, the last value of each.
                """)

        @Argument(help: "Two runs or more.")
        var runs: [String]
        @OptionGroup var place: RunsPlace
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard (2...20).contains(runs.count) else { throw ValidationError("Name 2 to 20 runs.") }
        }

        func run() async throws {
            let store = try await place.open(output)
            var found: [Run] = []
            var last: [[String: Double]] = []
            for reference in runs {
                let run = try await store.run(reference)
                var values: [String: Double] = [:]
                for summary in try await store.summaries(of: run.id) where !summary.isSystem {
                    values[summary.metric] = summary.lastValue
                }
                for metric in try await store.derived(of: run.id) {
                    values[metric.name] = try await store.summary(of: run.id, derived: metric)?.lastValue
                }
                found.append(run)
                last.append(values)
            }
            let differing = Run.differences(of: found)
            let metrics = Set(last.flatMap(\.keys)).sorted()
            try output.render([
                "runs": .array(found.map { .string($0.id.text) }),
                "config": .object(
                    Dictionary(
                        uniqueKeysWithValues: differing.map { ($0.name, .array($0.values.map { $0 ?? .null })) })
                ),
                "metrics": .object(
                    Dictionary(
                        uniqueKeysWithValues: metrics.map { key in
                            (key, .array(last.map { $0[key].map { .number($0) } ?? .null }))
                        })),
            ]) {
                var rows = [[""] + found.map { $0.name == $0.id.text ? $0.name : "\($0.name) (\($0.id))" }]
                rows.append(["status"] + found.map(\.status.rawValue))
                for setting in differing {
                    rows.append([setting.name] + setting.values.map { $0.map { $0.string ?? $0.canonicalText } ?? "–" })
                }
                for key in metrics { rows.append([key] + last.map { $0[key].map(RunWords.number) ?? "–" }) }
                return Terminal.harmless(RunWords.table(rows))
            }
        }
    }
}
