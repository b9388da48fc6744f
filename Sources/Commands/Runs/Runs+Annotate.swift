internal import ArgumentParser
internal import Base
internal import Tracking

extension Runs {
    struct Tag: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tag",
            abstract: "Add tags to a run, or take them away.",
            discussion: """
                Example:
                  neo runs tag first best reviewed
                  neo runs tag first --remove best
                """)

        @Argument(help: "The run: its id, the beginning of it, or its name.")
        var run: String
        @Argument(help: "Tags to add.")
        var tags: [String] = []
        @Option(parsing: .upToNextOption, help: "Tags to take away.")
        var remove: [String] = []
        @OptionGroup var place: RunsPlace
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard !tags.isEmpty || !remove.isEmpty else { throw ValidationError("Name a tag, or one to --remove.") }
        }

        func run() async throws {
            let store = try await place.open(output)
            let found = try await store.run(run)
            let all = try await store.tag(found.id, add: tags, remove: remove)
            try output.render(["run": .string(found.id.text), "tags": .array(all.map { .string($0) })]) {
                Terminal.harmless("\(found.id): \(all.isEmpty ? "no tags" : all.joined(separator: ", "))")
            }
        }
    }

    struct Note: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "note",
            abstract: "Write a note on a run, in the place of the one before.",
            discussion: """
                Example:
                  neo runs note first "Learning rate too high: see step 40."
                  neo runs note first ""
                """)

        @Argument(help: "The run: its id, the beginning of it, or its name.")
        var run: String
        @Argument(help: "The note; an empty one removes it.")
        var text: String
        @OptionGroup var place: RunsPlace
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let store = try await place.open(output)
            let found = try await store.run(run)
            try await store.note(found.id, text.isEmpty ? nil : text)
            try output.render(["run": .string(found.id.text), "notes": text.isEmpty ? .null : .string(text)]) {
                text.isEmpty ? "The note is removed." : "The note is kept."
            }
        }
    }

    struct Derive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "derive",
            abstract: "Keep an expression over metrics as a metric of its own.",
            discussion: """
                Example:
                  neo runs derive f1 '2 * precision * recall / (precision + recall)'
                  neo runs derive gap '`train/loss` - `test/loss`' --run first

                It is computed when it is read, so it follows corrections and new points. Operators are + - * / ^,
                functions log, log10, exp, sqrt, abs, min and max. A name with / needs backquotes or spaces around
                a division.
                """)

        @Argument(help: "The new metric's name.")
        var name: String
        @Argument(help: "The expression.")
        var expression: String
        @Option(help: "Only for this run; else for all.")
        var run: String?
        @OptionGroup var place: RunsPlace
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let parsed = try MetricExpression(expression)
            let store = try await place.open(output)
            let found = run == nil ? nil : try await store.run(run ?? "")
            try await store.derive(name, parsed, for: found?.id, author: Author.name)
            try output.render([
                "name": .string(name), "expression": .string(expression),
                "run": found.map { .string($0.id.text) } ?? .null,
                "metrics": .array(parsed.metrics.sorted().map { .string($0) }),
            ]) {
                Terminal.harmless(
                    "\(name) is computed from \(parsed.metrics.sorted().joined(separator: ", ")) "
                        + "\(found.map { "in \($0.id)" } ?? "in all runs that have them").")
            }
        }
    }

    struct Correct: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "correct",
            abstract: "Correct a value that was logged wrongly; the old one is kept.",
            discussion: """
                Example:
                  neo runs correct first accuracy --step 40 --to 0.91 --reason "measured on the wrong split"

                `neo runs show` lists what was corrected, by whom and why.
                """)

        @Argument(help: "The run: its id, the beginning of it, or its name.")
        var run: String
        @Argument(help: "The metric.")
        var metric: String
        @Option(help: "The step at which it was logged.")
        var step: Int
        @Option(help: "The right value.")
        var to: Double
        @Option(help: "Why.")
        var reason: String?
        @OptionGroup var place: RunsPlace
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let store = try await place.open(output)
            let found = try await store.run(run)
            let count = try await store.correct(
                found.id, metric: metric, step: step, to: to, author: Author.name, reason: reason)
            try output.render([
                "run": .string(found.id.text), "metric": .string(metric), "step": .integer(step),
                "value": .number(to), "points": .integer(count),
            ]) {
                Terminal.harmless(
                    "\(metric) at step \(step) of \(found.id) is \(RunWords.number(to)) now"
                        + (count > 1 ? ", in \(count) points of that step." : "."))
            }
        }
    }
}
