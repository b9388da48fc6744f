internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

struct Search: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Search the configurations of a project, or go on with a search that was stopped.",
        discussion: """
            Example:
              neo search my-docs --trials 30 --budget 5m

            Every measurement is on disk before it counts: stop the search at any moment, also with kill -9, and the
            same command goes on from there. Writes results.json, report.md, report.html and manifest.json.

            Systems under `search: external:` of neo.yaml, such as the one that runs today, are asked
            the same questions and stand beside the result (docs/external-systems.md).
            """
    )

    @OptionGroup var project: ProjectArgument

    @Option(help: "How many configurations to try; else what neo.yaml says.")
    var trials: Int?

    @Option(
        help:
            "Start nothing new after this time (90s, 5m or 2h), nor what would probably not end in it; answers included."
    )
    var budget: Budget?

    @Option(help: "Start no new configuration that needs more than this many measurements of single questions in all.")
    var evaluations: Int?

    @Option(
        help: "How many dollars to spend on models at most, all runs of the search together; else what neo.yaml says.")
    var maxCost: Double?

    @Option(help: "How many configurations to measure at the same time.")
    var jobs = 1

    @Option(help: "What all random choices start from; else what neo.yaml says.")
    var seed: UInt64?

    @Option(
        parsing: .upToNextOption,
        help: "Configurations to try right after the default: files, `winner` or `trial:7` of the last search.")
    var seedFrom: [String] = []

    @Flag(help: "Begin without what did well in other projects (neo knowledge).")
    var cold = false

    @Flag(help: "Search over passages of several lengths although the objective looks at a fixed number of them.")
    var allowFixedK = false

    @Flag(help: "Hold 40 % of the questions back for the final estimate, also where there are fewer than 100.")
    var holdout = false

    @Option(help: "How many requests to time of each finalist after the search; 0 times none.")
    var latencyRequests = 200

    @OptionGroup var approval: UnapprovedOption

    @OptionGroup var recording: RecordingOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let trials, trials < 1 { throw ValidationError("--trials must be at least 1.") }
        if let evaluations, evaluations < 1 { throw ValidationError("--evaluations must be at least 1.") }
        if let maxCost, !(maxCost > 0 && maxCost.isFinite) {
            throw ValidationError("--max-cost must be dollars, more than 0.")
        }
        guard (1...64).contains(jobs) else { throw ValidationError("--jobs must be from 1 to 64.") }
        guard (0...100_000).contains(latencyRequests) else {
            throw ValidationError("--latency-requests must be from 0 to 100000.")
        }
    }

    func run() async throws {
        let progress = ProgressLine(quiet: output.quiet)
        let project = try Project(opening: project.project)
        var options = SearchOptions()
        options.trials = trials
        options.seconds = budget?.seconds
        options.evaluations = evaluations
        options.maxCost = maxCost
        options.jobs = jobs
        options.seed = seed
        options.seeds = seedFrom
        options.allowsFixedDepth = allowFixedK
        options.holdsOut = holdout
        options.knowledge = KnowledgeBase.standard(ProcessInfo.processInfo.environment)
        options.isCold = cold
        options.finalists.requests = latencyRequests
        options.allowsUnapproved = approval.unapproved
        options.reader = ReaderFile(ProcessInfo.processInfo.environment).level
        options.commandLine = CommandLine.arguments
        options.version = neoVersion
        let settled = options
        let results = try await MachineLanguageModels.with(for: project, mode: recording.mode, showing: progress) {
            models in
            let ports = Workspace.Ports.machine(models: models, showing: progress)
            let results = try await SearchSession.run(project, options: settled, ports: ports) { event in
                Self.show(event, progress)
            }
            for sentence in await models.sentences() { progress.line(sentence) }
            return results
        }
        progress.finish()
        // Runs that were just logged are in the store, and with others who are to have them, when the search is done.
        _ = try? await RunFolder(project.folder).open(output)
        output.show(results.diagnostics)
        try output.render(JSONValue(encoding: results)) {
            Terminal.harmless(SearchSummary.text(results)) + "\n\nThe whole report: \(project.path("report.html"))"
        }
        if let unmet = DecisionWords.unmet(results) { throw GateNotMet(message: Terminal.harmless(unmet)) }
    }

    static func show(_ event: SearchEvent, _ progress: ProgressLine) {
        switch event {
        case .opened(let documents, let questions, let heldOut, let configurations, let resumed):
            let size = configurations.map { "\($0) configurations" } ?? "a space without end"
            let kept = heldOut > 0 ? " (\(heldOut) more are held out)" : ""
            progress.line("\(documents) documents, \(questions) questions to search with\(kept), \(size)")
            if resumed > 0 { progress.line("going on with a search that has \(resumed) trials") }
        case .measuring(let state):
            progress.update(line(state, elapsed: progress.elapsed))
        case .newBest(let trial, let score):
            progress.line("trial \(trial) is the best so far: \(Rounding.text(score))")
        case .asking(let system, let done, let questions):
            progress.asking(system, done, questions)
        case .note(let text):
            progress.line(text)
        }
    }
}

extension Search {
    /// How far a search is, on one line.
    static func line(_ state: SearchEvent.Progress, elapsed: Double) -> String {
        let trials = "\(state.trialsEnded)\(state.trialsPlanned.map { " of \($0)" } ?? "") trials"
        let failed = state.trialsFailed > 0 ? " (\(state.trialsFailed) failed)" : ""
        let best = state.best.map { " · best \(Rounding.text($0))" } ?? ""
        let pace = state.rate.map { " · \(Int($0.rounded())) questions/s" } ?? ""
        let cache = " · cache \(state.cacheHits) of \(state.cacheHits + state.cacheMisses)"
        let rest = state.secondsLeft.map { " · \(ProgressLine.clock($0)) left" } ?? ""
        return "\(trials)\(failed)\(best)\(pace)\(cache) · \(ProgressLine.clock(elapsed))\(rest)"
    }
}

/// A span of time as users write it: `90s`, `5m`, `2h`.
struct Budget: ExpressibleByArgument {
    let seconds: Double

    init(seconds: Double) { self.seconds = seconds }

    init?(argument: String) {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
        let unit = argument.last.flatMap { units[$0] }
        guard let value = Double(unit == nil ? argument[...] : argument.dropLast()), value > 0, value.isFinite else {
            return nil
        }
        seconds = value * (unit ?? 1)
    }
}
