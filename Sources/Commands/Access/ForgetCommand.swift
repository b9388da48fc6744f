internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo forget`: a person is taken out of all that a project keeps.
struct ForgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Take a person out of all that a project keeps, and destroy the key to what the log says of them.",
        discussion: """
            Example:
              neo forget ada@example.org my-docs --check
              neo forget ada@example.org my-docs --also "Ada Lovelace"

            Says first what names the person, place by place, and asks. Then the person's key is destroyed, and sessions,
            runs, comments, answers, labels, the interview, golden rows, proposals, caches, recorded answers, what
            the service kept, and what was learnt are purged; the audit log gets a tombstone. Your own documents are
            named with their lines and taken out of index and service until you change them. Where a release holds the
            person, a new one is made of the other documents, for you to promote; the old one is yours to remove.
            Backups are listed: what is in them is not promised.
            A run that was killed is finished by the same command. Restart services that run: they hold what they read.
            Exit code 3 where it was not confirmed, and of --check where something is left.
            """)

    @Argument(help: "How the person is written: an address, or the whole name.")
    var person: String

    @OptionGroup var project: ProjectArgument

    @Option(name: .customLong("also"), help: "How else the person is written; may be given again.")
    var others: [String] = []

    @Flag(help: "Only say what names the person; nothing is changed.")
    var check = false

    @Flag(help: "Ask nobody: recorded as automated.")
    var yes = false

    @OptionGroup var author: PersonOption

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        var forgetting = try Forgetting(
            project, person: person, others: others,
            knowledge: KnowledgeBase.standard(ProcessInfo.processInfo.environment)?.folder)
        let notes = output
        forgetting.cutRelease = {
            do {
                // As it is now: what was forgotten is excluded by then.
                return try await ReleaseBuildCommand.build(
                    try Project(opening: project.folder), ReleaseBuildCommand.usual, notes,
                    showing: ProgressLine(quiet: true)
                ).identity.number
            } catch let error as EngineerError {
                notes.note(
                    "neo: No release without the person could be made: \(Terminal.harmless(sentence(for: error)))")
                return nil
            }
        }
        let places = try await forgetting.places()
        let open = places.filter { $0.count > 0 && $0.kind != .backup }
        if check {
            try render(places, isDone: open.isEmpty && !forgetting.isUnfinished)
            guard open.isEmpty, !forgetting.isUnfinished else {
                throw GateNotMet(message: "The person is not forgotten.")
            }
            return
        }
        guard !open.isEmpty || forgetting.isUnfinished else { return try render(places, isDone: true) }
        output.note(Self.text(places))
        try await confirm()
        let left = try await forgetting.run(how: yes ? "automated" : "terminal", by: author.name, at: Date())
        try render(left, isDone: true)
        let kept = left.filter { $0.kind == .kept && $0.count > 0 }
        guard kept.isEmpty else { throw GateNotMet(message: "Something wrote of the person meanwhile; run it again.") }
    }

    private func confirm() async throws {
        guard !yes else { return }
        guard Terminal.canAsk else {
            Terminal.printError(
                "There is no terminal to ask at. --yes forgets without asking, which is recorded as automated.")
            throw ExitCode(2)
        }
        guard let reply = try await Terminal.askUnlessCancelled("Forget them? This cannot be undone. [y/N] "),
            ["y", "yes"].contains(reply.filter { !$0.isWhitespace }.lowercased())
        else { throw GateNotMet(message: "Nobody was forgotten.") }
    }

    private func render(_ places: [ForgottenPlace], isDone: Bool) throws {
        try output.render(["forgotten": .bool(isDone), "places": .array(places.map(\.json))]) {
            (isDone ? "Nothing that Neo keeps here names the person." : "")
                + (places.isEmpty ? "" : (isDone ? "\n" : "") + Self.text(places))
        }
    }

    private static func text(_ places: [ForgottenPlace]) -> String {
        places.map { place in
            let lines = place.details.map { "\n      \($0)" }.joined()
            let count = place.count > 1 ? " (\(place.count))" : ""
            return Terminal.harmless("  \(place.name)\(count): \(place.action)\(lines)")
        }.joined(separator: "\n")
    }
}
