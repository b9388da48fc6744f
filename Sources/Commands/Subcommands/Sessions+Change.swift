internal import Agents
internal import ArgumentParser
internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Sessions {
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resume",
            abstract: "Go on with a session.",
            discussion: """
                Example:
                  neo sessions resume last
                  neo sessions resume 8x2k "Now add a test for the empty list."

                The same as neo agent --session ID, whose options set other limits, another model or mode.
                """)

        @OptionGroup var session: SessionArgument

        @Argument(help: "What is to be done; without, what was open.")
        var task: String?

        @Flag(help: "Print every event on standard output, a JSON object a line.")
        var json = false

        @Flag(help: "Print nothing but what the model says at the end, and errors.")
        var quiet = false

        func run() async throws {
            var arguments = ["--session", try session.found().id, "--folder", session.place.folder]
            if json { arguments.append("--json") }
            if quiet { arguments.append("--quiet") }
            if let task { arguments += ["--", task] }
            try await AgentCommand.parse(arguments).run()
        }
    }

    struct Fork: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fork",
            abstract: "Make a new session of another one's beginning.",
            discussion: """
                Example:
                  neo sessions fork last
                  neo sessions fork 8x2k --to 40

                Files stay as they are. The new session has checkpoints of its own, so that taking back works in both
                and one does not disturb the other. Of a damaged session, what stands before the damage can be kept so.
                """)

        @OptionGroup var session: SessionArgument

        @Option(help: ArgumentHelp("How many of its events; all without.", valueName: "n"))
        var to: Int?

        @OptionGroup var output: OutputOptions

        func run() throws {
            let (store, id) = try session.found()
            let new = SessionStore.newID()
            try store.fork(id, to: to, as: new)
            try output.render(.object(["id": .string(new), "parent": .string(id)])) {
                Terminal.harmless(
                    "\(new) is made of \(id). Go on: "
                        + SessionLine.goingOn(with: new, folder: session.place.folder))
            }
        }
    }
}
