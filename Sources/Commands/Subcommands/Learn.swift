internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What `neo learn --schedule` takes.
enum LearningFrequency: String, CaseIterable, ExpressibleByArgument {
    case daily, weekly, off
}

/// `neo learn`: makes a search strategy of all that this machine knows.
struct Learn: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract:
            "Make a better way to begin searches from all finished ones, and keep it only if it would have helped.",
        discussion: """
            Example:
              neo learn
              neo learn --use 2
              neo learn --use none
              neo learn --schedule weekly

            All records are read again: which configurations do well together, what each value of a parameter
            does, and which parameters matter most. Then finished searches are replayed on what they measured,
            each with everything left out that was learnt from its documents. Where the new strategy leaves less
            regret after 10 trials than the one that counts, it counts from now on; else it is written down and
            not used. Every version stays in the knowledge folder; --use takes one back. Searches that have
            begun go on as they began.

            --schedule has it run by itself: a timer of your systemd (launchd on macOS), in your own folder and
            without rights of root. Where none runs, nothing is installed, a line for your crontab is printed,
            and the exit code is 1. neo doctor says what is scheduled.
            """)

    @Option(help: ArgumentHelp("Let this version count instead of making one, or none.", valueName: "version"))
    var use: String?

    @Option(help: "Learn daily or weekly from now on, or off: no more by itself.")
    var schedule: LearningFrequency?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard use.map({ $0 == "none" || Int($0).map { $0 > 0 } == true }) ?? true else {
            throw ValidationError("--use takes the number of a version, or none.")
        }
        guard use == nil || schedule == nil else {
            throw ValidationError("--use and --schedule are two things: give one of them.")
        }
    }

    func run() async throws {
        // What is scheduled can be turned off also where there is to be no knowledge any more.
        if schedule == .off { return try show(try await LearningTimer().turnOff()) }
        let base = try KnowledgeCommand.base()
        if let interval = schedule.flatMap({ LearningSchedule.Interval(rawValue: $0.rawValue) }) {
            let job = try LearningJob(program: Project.absolute(ownProgram), knowledge: Project.absolute(base.folder))
            let outcome = try await LearningTimer().turnOn(interval, job)
            try show(outcome)
            if outcome.reason != nil { throw ExitCode(1) }
            return
        }
        if let use {
            try base.use(Int(use))
            return try output.render(["strategy": Int(use).map { .integer($0) } ?? .null]) {
                use == "none" ? "Searches begin without a strategy." : "Searches begin with strategy \(use)."
            }
        }
        let diagnostics = DiagnosticCollector()
        let outcome = try await KnowledgeLearning.run(base, at: Date(), diagnostics: diagnostics)
        output.show(diagnostics.all)
        try output.render([
            "strategy": JSONValue(encoding: outcome.strategy), "kept": .bool(outcome.isKept),
            "previous": outcome.previous.map { .integer($0) } ?? .null,
        ]) { Terminal.harmless(outcome.text) }
    }

    private func show(_ outcome: LearningTimer.Outcome) throws {
        try output.render([
            "schedule": outcome.interval.map { .string($0.rawValue) } ?? .null,
            "files": .array(outcome.files.map { .string($0) }),
            "crontab": outcome.crontab.map { .string($0) } ?? .null,
            "reason": outcome.reason.map { .string($0) } ?? .null,
        ]) { Terminal.harmless(words(outcome)) }
    }

    private func words(_ outcome: LearningTimer.Outcome) -> String {
        let files = outcome.files.map { "\n  \($0)" }.joined()
        if let line = outcome.crontab {
            return
                "Nothing was installed: \(outcome.reason ?? "nobody would start it"). With crontab -e you can add:\n  \(line)"
        }
        guard let interval = outcome.interval else {
            return outcome.files.isEmpty
                ? "Nothing was scheduled."
                : "neo learn runs no more by itself. Removed:\(files)"
                    + (outcome.reason.map { "\nWhat starts timers could not be told: \($0)." } ?? "")
        }
        return "neo learn runs \(interval.rawValue)." + (files.isEmpty ? "" : " Wrote:\(files)")
    }
}
