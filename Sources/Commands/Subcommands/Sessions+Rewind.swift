internal import Agents
internal import ArgumentParser
internal import Base
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Sessions {
    struct Rewind: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rewind",
            abstract: "Take back the last turns of a session, and the files.",
            discussion: """
                Example:
                  neo sessions rewind
                  neo sessions rewind 8x2k --turn 7
                  neo sessions rewind 8x2k --redo

                With --turn N, the model's answer N and all behind it are taken back: the session goes on by
                asking for it again. Without, what you said last and all that followed. What was taken back
                stays in the file, and what it cost stays spent.

                Files that the agent changed since come back as they were, and files that it made are removed;
                what changes is said first, and on a terminal you are asked. What somebody else changed since
                is left alone. --redo takes the last rewinding itself back, files included.
                """)

        @OptionGroup var session: SessionArgument

        @Option(help: ArgumentHelp("The first answer that is taken back.", valueName: "n"))
        var turn: Int?

        @Flag(help: "Bring again what the last rewinding took back.")
        var redo = false

        @Flag(help: "Leave the files as they are.")
        var keepFiles = false

        @Flag(help: "Do not ask.")
        var yes = false

        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard turn == nil || !redo else {
                throw ValidationError("--turn says what to take back, and --redo what to bring again: use one of them.")
            }
        }

        func run() async throws {
            let (store, id) = try session.found()
            let target = redo ? RewindTarget.lastRewinding : turn.map(RewindTarget.turn) ?? .lastMessage
            let foreseen = try store.rewinding(of: id, to: target)
            let files = await files(of: foreseen, store, id)
            if let sentence = files.sentence { Terminal.printError(Terminal.harmless(sentence)) }
            if !yes, !output.json, Terminal.canAsk {
                let question = redo ? "Bring it again? [y/N] " : "Take back \(foreseen.count) events? [y/N] "
                guard ["y", "yes"].contains(Terminal.ask(question)?.lowercased() ?? "") else {
                    Terminal.printError("Nothing was changed.")
                    throw ExitCode(1)
                }
            }
            var report: RestoreReport?
            let done = try await store.rewind(id, to: target, at: TimeSource.system.now().timeIntervalSince1970) {
                report = try await files.checkpoints?.restore($0)
                return report?.before
            }
            try output.render(
                .object([
                    "id": .string(id), "first_event": .integer(done.event), "events": .integer(done.count),
                    "checkpoint": done.files.map { .string($0) } ?? .null, "files_restored": .bool(report != nil),
                    "restored": .array((report?.restored ?? []).map { .string($0) }),
                    "removed": .array((report?.removed ?? []).map { .string($0) }),
                    "left_alone": .array((report?.kept ?? []).map { .string($0) }),
                ])
            ) {
                let what =
                    redo
                    ? "What was taken back of \(id) is there again."
                    : "\(done.count) events of \(id) are taken back, from event \(done.event) on."
                let rest = report.map { " " + $0.sentence } ?? " The files stay as they are."
                return Terminal.harmless(
                    what + rest + " Go on: \(SessionLine.goingOn(with: id, folder: session.place.folder))")
            }
        }

        /// Who brings files back, and what is to be said of it before; nobody where none were kept, or none can be.
        private func files(
            of rewinding: Rewinding, _ store: SessionStore, _ id: String
        ) async -> (checkpoints: GitCheckpoints?, sentence: String?) {
            guard !keepFiles, let checkpoint = rewinding.files else { return (nil, nil) }
            do {
                let workspace = try AgentCommand.existingFolder(session.place.folder)
                let checkpoints = try GitCheckpoints(
                    try Sandbox.find(), workspace: workspace, store: store.checkpoints(of: id))
                return (checkpoints, try await checkpoints.preview(checkpoint).plan)
            } catch {
                let reason =
                    (error as? AgentsError)?.message ?? (error as? SandboxError)?.message ?? sentence(for: error)
                return (nil, "The files stay as they are. \(reason)")
            }
        }
    }
}
