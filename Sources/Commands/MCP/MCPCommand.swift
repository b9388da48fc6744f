internal import ArgumentParser
internal import Base
internal import LanguageModels
internal import MCP

/// `neo mcp`: servers of the Model Context Protocol.
struct MCPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Use servers of the Model Context Protocol, and be one.",
        discussion: """
            Example:
              neo mcp list
              neo mcp tools time
              neo mcp call time convert_time source_timezone=UTC time=12:00 target_timezone=Asia/Tokyo
              neo mcp serve my-docs

            Servers stand under `mcp:` in neo.yaml, or in your own config.yaml. A program runs inside walls: it
            sees itself, and what its `walls` name. Agents are offered the tools of all servers that you trust
            (docs/mcp.md).
            """,
        subcommands: [
            List.self, Tools.self, Call.self, Resources.self, Trust.self, MCPImport.self, MCPServe.self,
            MCPCompile.self, Keep.self,
            Kept.self, Stop.self,
        ])

    /// Opens a server that may be used.
    static func with<Result: Sendable>(
        _ setting: MCPServerSetting, _ body: @escaping @Sendable (MCPClient) async throws -> Result
    ) async throws -> Result {
        try await MCPClient.with(setting, memory: MCPEraMemory(folder: MCPHome.folder()), body)
    }
}

/// The folder whose servers are meant.
struct ServerFolder: ParsableArguments {
    @Option(help: "The folder whose neo.yaml names servers.", completion: .directory)
    var folder = "."

    /// Its servers, and the user's own.
    func servers() throws -> KnownServers { try KnownServers(in: folder) }
}

extension MCPCommand {
    /// `neo mcp list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the servers that are known, without starting any.",
            discussion: """
                Example:
                  neo mcp list

                --json: {"servers": [{"name", "place", "file", "trusted", "walls"}]}.
                """)

        @OptionGroup var place: ServerFolder
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let all = try place.servers().all
            let json: [JSONValue] = all.map { known in
                [
                    "name": .string(known.setting.name), "place": .string(known.setting.place),
                    "file": .string(known.place), "trusted": .bool(known.isTrusted),
                    "walls": .bool(known.setting.isInWalls),
                ]
            }
            try output.render(["servers": .array(json)]) {
                guard !all.isEmpty else {
                    return "No servers are known here: name some under `mcp:` in neo.yaml or config.yaml (docs/mcp.md)."
                }
                return all.map { known in
                    let note =
                        known.isTrusted
                        ? (known.setting.isInWalls ? "" : "  (no walls)") : "  (not trusted yet: neo mcp trust)"
                    return Terminal.harmless("\(known.setting.name)  \(known.setting.place)\(note)")
                }.joined(separator: "\n")
            }
        }
    }

    /// `neo mcp tools`.
    struct Tools: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tools", abstract: "Show what a server offers.",
            discussion: """
                Example:
                  neo mcp tools time

                --json: {"server", "name", "version", "revision", "tools": [{"name", "description", "inputSchema"}],
                "remarks"}; the descriptions are the server's words.
                """)

        @Argument(help: "The server's name.")
        var server: String

        @OptionGroup var place: ServerFolder
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let setting = try place.servers().usable(server)
            let (facts, list) = try await MCPCommand.with(setting) { client in
                (try await client.facts(), try await client.tools())
            }
            for remark in list.remarks { output.note(Terminal.harmless(remark)) }
            let tools: [JSONValue] = list.tools.map { tool in
                [
                    "name": .string(tool.name), "description": .string(tool.summary), "inputSchema": tool.schema.json,
                ]
            }
            try output.render([
                "server": .string(server), "name": .string(facts.name), "version": .string(facts.version),
                "revision": .string(facts.revision.rawValue), "tools": .array(tools),
                "remarks": .array(list.remarks.map(JSONValue.string)),
            ]) {
                list.tools.map { tool in
                    let names = MCPSignature(tool).text
                    let first =
                        tool.summary.split(whereSeparator: \.isNewline).first.map { "\n    \($0.prefix(160))" } ?? ""
                    return Terminal.harmless(names) + Terminal.harmless(first)
                }.joined(separator: "\n")
            }
        }
    }

    /// `neo mcp call`.
    struct Call: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "call", abstract: "Call a tool of a server.",
            discussion: """
                Example:
                  neo mcp call time get_current_time timezone=Europe/Berlin
                  neo mcp call git git_log repo_path=. max_count=3 --json

                Values are typed by the tool's schema; KEY:=JSON gives any JSON. Exit code 1 where the tool says
                that it failed.
                --json: {"server", "tool", "is_error", "text", "structured", "content"}.
                """)

        @Argument(help: "The server's name.")
        var server: String

        @Argument(help: "The tool's name.")
        var tool: String

        @Argument(help: "Its arguments, KEY=VALUE each.")
        var arguments: [String] = []

        @Flag(help: "Keep the server for the next calls with --keep, which then take milliseconds; for 10 minutes.")
        var keep = false

        @OptionGroup var place: ServerFolder
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let (name, words) = (tool, arguments)
            let folder = try AgentCommand.existingFolder(place.folder)
            let setting =
                keep
                ? try UsableServerMemory(server, in: folder).setting { try place.servers().usable(server) }
                : try place.servers().usable(server)
            let result =
                keep
                ? try await KeptServerCall.run(setting, folder: folder, name, words, idleSeconds: 600)
                : try await MCPCommand.with(setting) { client in try await ServerCall.run(client, name, words) }
            try output.render([
                "server": .string(server), "tool": .string(tool), "is_error": .bool(result.isError),
                "text": .string(result.text), "structured": result.structured ?? .null,
                "content": result.json["content"] ?? [],
            ]) { Terminal.showsResults ? Terminal.harmless(result.text) : result.text }
            if result.isError { throw ExitCode(1) }
        }
    }

    /// `neo mcp trust`.
    struct Trust: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "trust", abstract: "Say that a server of a project's neo.yaml may be started.",
            discussion: """
                Example:
                  neo mcp trust time

                What is trusted is this very entry in this folder: when somebody changes it, Neo asks again.
                --json: {"server", "place", "hash"}.
                """)

        @Argument(help: "The server's name.")
        var server: String

        @OptionGroup var place: ServerFolder
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let servers = try place.servers()
            let known = try servers.named(server)
            try servers.trust.add(known.setting)
            try output.render([
                "server": .string(server), "place": .string(known.setting.place),
                "hash": .string(known.setting.hash.hex),
            ]) { Terminal.harmless("\(server) is trusted: \(known.setting.place)") }
        }
    }
}

/// A call of a tool from the command line.
enum ServerCall {
    /// Types the words by the tool's schema, checks them, and calls it.
    static func run(_ client: MCPClient, _ name: String, _ words: [String]) async throws -> MCPToolResult {
        let list = try await client.tools()
        guard let tool = list.tool(name) else {
            let names = list.tools.map(\.name)
            let hint = nearest(to: name, in: names).map { " Did you mean \"\($0)\"?" } ?? ""
            throw MCPError(
                .settings,
                "The server \(client.setting.name) has no tool \"\(name)\".\(hint) neo mcp tools \(client.setting.name) lists "
                    + "them.")
        }
        let arguments = try MCPArguments.object(words, for: tool.schema.json)
        let problems = JSONSchemaCheck.problems(of: arguments, against: tool.schema.json)
        guard problems.isEmpty else {
            throw MCPError(
                .settings,
                "The arguments of \(name) do not have the right form: \(problems.joined(separator: "; ")). It takes: "
                    + MCPSignature(tool).text)
        }
        return try await client.call(name, arguments)
    }
}

extension MCPServerSetting {
    /// Whether walls are around it; a server elsewhere needs none.
    var isInWalls: Bool { walls != .none }
}
