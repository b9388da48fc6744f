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
                        "mcp", "keep", setting.name, "--folder", folder, "--idle",
                        "\(idleSeconds)",
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

    /// All that are kept, and what they say of themselves. What killed ones have left is taken away.
    static func kept() async throws -> [(place: KeptServerPlace, about: JSONValue)] {
        var kept: [(place: KeptServerPlace, about: JSONValue)] = []
        for place in KeptServerPlace.all() {
            if let about = try await place.ask(["about": true]) {
                kept.append((place, about))
            } else {
                place.clearLeftovers()
            }
        }
        return kept
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
            let at = try KeptServerPlace(setting)
            let (place, server) = (place, server)
            let kept = KeptServer(setting, at: at, idleSeconds: idle) {
                guard let now = try? place.servers().usable(server) else { return false }
                return (try? KeptServerPlace(now)) == at
            }
            do {
                try await Interruption.cancelling {
                    _ = try await kept.run(memory: MCPEraMemory(folder: MCPHome.folder()), KeptServerCall.answer)
                }
            } catch is CancellationError {}
        }
    }

    /// `neo mcp kept`.
    struct Kept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "kept", abstract: "List the servers that are kept, of all folders.",
            discussion: """
                Example:
                  neo mcp kept

                --json: {"kept": [{"server", "folder", "process", "calls", "idle_seconds"}]}.
                """)

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let kept = try await KeptServerCall.kept().map(\.about)
            try output.render(["kept": .array(kept)]) {
                guard !kept.isEmpty else { return "No server is kept." }
                return kept.map { about in
                    func text(_ key: String) -> String {
                        about[key]?.string ?? about[key]?.integer.map(String.init) ?? ""
                    }
                    return Terminal.harmless(
                        "\(text("server"))  \(text("folder"))  process \(text("process")), \(text("calls")) calls, "
                            + "the last \(text("idle_seconds")) s ago")
                }.joined(separator: "\n")
            }
        }
    }

    /// `neo mcp stop`.
    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "stop", abstract: "End the servers that are kept.",
            discussion: """
                Example:
                  neo mcp stop
                  neo mcp stop time

                Calls that are under way still get their answers. --json: {"stopped": number}.
                """)

        @Argument(help: "Only servers of this name; all where left out.")
        var server: String?

        @OptionGroup var output: OutputOptions

        func run() async throws {
            var count = 0
            for (place, about) in try await KeptServerCall.kept()
            where server == nil || about["server"]?.string == server {
                if try await place.ask(["stop": true]) != nil { count += 1 }
            }
            let stopped = count
            try output.render(["stopped": .integer(stopped)]) {
                stopped == 1 ? "1 server was ended." : "\(stopped) servers were ended."
            }
        }
    }
}
