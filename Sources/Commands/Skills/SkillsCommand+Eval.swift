internal import Agents
internal import ArgumentParser
internal import Base
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension SkillsCommand {
    struct Eval: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "eval",
            abstract: "Measure what a skill does for a model: its cases with it and without it.",
            discussion: """
                Example:
                  neo skills eval brewing --model office/qwen3-coder --repeats 3
                  neo skills eval brewing --check

                The cases stand in evals/evals.json of the skill (docs/skills.md). An agent does each in a workspace of
                its own, inside walls and without a network, so often with the skill and so often without. The lift is
                the paired difference of what holds, with its interval (95 %). The result is kept for this model and
                this content: a skill that does not help a model is not offered to it. Prints what benchmark.json
                holds, with --json, and `folder`.
                """)

        @Argument(help: "The skill's name.")
        var name: String

        @Option(help: "The model: ENDPOINT/MODEL of config.yaml, a model of this machine, or a role.")
        var model = "agent"

        @Option(help: "How often each case is run each way.")
        var repeats = 3

        @Option(help: "The most answers of the model in a run.")
        var turns = 20

        @Option(
            help: "Where the runs are kept; .neo/skill-evals/NAME of the folder, if left out.", completion: .directory)
        var to: String?

        @Flag(help: "Only read the cases, and say what they are.")
        var check = false

        @OptionGroup var place: SkillsPlace

        func validate() throws {
            guard (1...100).contains(repeats) else { throw ValidationError("--repeats must be 1 to 100.") }
            guard turns > 0 else { throw ValidationError("--turns must be more than 0.") }
        }

        func run() async throws {
            let places = try place.places()
            let entry = try place.shelf().entry(name)
            let content = try SkillContent(of: entry.skill.folder)
            let evals = try SkillEvals(entry.skill, content)
            if check { return try show(evals) }
            // What is measured, is given to a model.
            switch entry.withheld {
            case .notTrusted?, .changed?:
                throw ValidationError(
                    "\(name) is not trusted as it is: neo skills show \(name), then neo skills trust \(name).")
            case nil, .doesNotHelp?, .unreadable?: break
            }
            let root = to ?? places.workspace + "/.neo/skill-evals/" + entry.skill.name
            // The walls take absolute paths without links.
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
            let absolute = try AgentCommand.existingFolder(root)
            let progress = ProgressLine(quiet: place.output.quiet || place.output.json)
            let sandbox = try Sandbox.find()
            let result = try await MachineLanguageModels.with(showing: progress) { models in
                let choice = try await models.agentModel(model, tools: .full)
                let benchmark = try SkillBenchmark(
                    entry.skill, content, model: choice, sandbox: sandbox, repeats: repeats,
                    limits: AgentLimits.Change(turns: turns, tokens: nil, dollars: nil, wallSeconds: 900)
                        .applied(to: AgentLimits()))
                let result = try await benchmark.run(below: absolute) { done, all in
                    progress.update("\(done) of \(all) runs")
                }
                try SkillResults(places).note(result.measurement, of: content.hash, on: choice.name)
                return result
            }
            progress.finish()
            var fields = result.json.object ?? [:]
            fields["folder"] = .string(result.folder)
            try place.output.render(.object(fields)) { Terminal.harmless(words(result)) }
        }

        private func show(_ evals: SkillEvals) throws {
            let assertions = evals.cases.map(\.assertions.count).reduce(0, +)
            let unjudged = evals.cases.map(\.unjudged.count).reduce(0, +)
            try place.output.render(
                .object([
                    "name": .string(name), "cases": .integer(evals.cases.count), "assertions": .integer(assertions),
                    "ungraded": .integer(unjudged),
                ])
            ) {
                Terminal.harmless(
                    "\(name): \(evals.cases.count) cases, \(assertions) assertions"
                        + (unjudged == 0 ? "." : ", and \(unjudged) that no code can judge."))
            }
        }

        private func words(_ result: SkillBenchmark.Result) -> String {
            let lift = result.measurement.json
            func digits(_ key: String) -> String { "\(((lift[key]?.number ?? 0) * 1_000).rounded() / 1_000)" }
            let effect =
                switch result.measurement.effect {
                case .helps: "It helps this model."
                case .doesNotHelp: "It does not help this model, and is not offered to it."
                case .notMeasured: "So few cases cannot tell whether it helps; it stays offered."
                }
            return "\(name): lift \(digits("lift")) (\(digits("lower")) to \(digits("upper")), 95 %), "
                + "\(result.measurement.cases) cases, each \(result.measurement.repeats) times each way. \(effect)\n"
                + "The runs: \(result.folder)"
        }
    }
}
