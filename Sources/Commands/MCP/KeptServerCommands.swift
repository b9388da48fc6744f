internal import ArgumentParser
internal import Base
internal import MCP
internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Calls that go to a server which is kept between them.
enum KeptServerCall {
    /// Calls a tool; the server is started and kept where nobody keeps it yet.
    static func run(
        _ setting: MCPServerSetting, folder: String, _ tool: String, _ words: [String], idleSeconds: Double
    ) async throws -> MCPToolResult {
        let place = try KeptServerPlace(setting)
        let request: JSONValue = ["tool": .string(tool), "words": .array(words.map(JSONValue.string))]
        let clock = ContinuousClock()
        let begun = clock.now
        var lastStart: ContinuousClock.Instant?
        var starts = 0
        while true {
            if let reply = try await place.ask(request) { return try result(reply) }
            // A start that died is tried again, a few times.
            if lastStart.map({ clock.now - $0 > .seconds(10) }) ?? true {
                guard starts < 3 else { break }
                try place.prepare()
                try await ChildProcess(
                    executable: ownProgram,
                    arguments: [
                        "mcp", "keep", setting.name, "--folder", folder, "--idle", "\(idleSeconds)",
                    ]
                ).startDetached(appendingTo: place.log)
                starts += 1
                lastStart = clock.now
            }
            guard clock.now - begun < .seconds(30) else { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw MCPError(
            .unreachable,
            "The server \(setting.name) could not be kept; the log is \(place.log). Without --keep it is started "
                + "for this call alone.")
    }

    /// What `neo mcp keep` answers.
    static func answer(_ client: MCPClient, _ request: JSONValue) async throws -> JSONValue {
        let words = (request["words"]?.array ?? []).compactMap(\.string)
        let result = try await ServerCall.run(client, request["tool"]?.string ?? "", words)
        return ["result": result.json]
    }

    private static func result(_ reply: JSONValue) throws(MCPError) -> MCPToolResult {
        if let error = reply["error"]?.string { throw MCPError(.unreachable, error) }
        guard let result = reply["result"] else { throw MCPError(.form, "What keeps the server answers with nothing.") }
        return try MCPToolResult(result)
    }
}

extension MCPCommand {
    /// `neo mcp keep`: the process in the background.
    struct Keep: AsyncParsableCommand, StopsItself {
        static let configuration = CommandConfiguration(
            commandName: "keep",
            abstract: "Keep a server for calls with --keep; started by them.",
            discussion: """
                Example:
                  neo mcp keep time --idle 600

                It listens on a socket that only you may use, and ends when nobody has called for a while. --json
                changes nothing: it prints nothing.
                """)

        @Argument(help: "The server's name.")
        var server: String

        @Option(help: ArgumentHelp("Seconds without a call after which it ends.", valueName: "seconds"))
        var idle = 600.0

        @OptionGroup var place: ServerFolder
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard (0.1...86_400).contains(idle) else {
                throw ValidationError("--idle is between 0.1 and 86400 seconds.")
            }
        }

        func run() async throws {
            let setting = try place.servers().usable(server)
            let kept = KeptServer(setting, at: try KeptServerPlace(setting), idleSeconds: idle)
            do {
                try await Interruption.cancelling {
                    _ = try await kept.run(memory: MCPEraMemory(folder: MCPHome.folder()), KeptServerCall.answer)
                }
            } catch is CancellationError {}
        }
    }

    /// `neo mcp stop`.
    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "stop", abstract: "End the servers that are kept.",
            discussion: """
                Example:
                  neo mcp stop

                --json: {"stopped": number}.
                """)

        @OptionGroup var output: OutputOptions

        func run() async throws {
            var count = 0
            for place in KeptServerPlace.all() where try await place.ask(["stop": true]) != nil { count += 1 }
            let stopped = count
            try output.render(["stopped": .integer(stopped)]) {
                stopped == 1 ? "1 server was ended." : "\(stopped) servers were ended."
            }
        }
    }
}
