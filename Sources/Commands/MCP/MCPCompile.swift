internal import ArgumentParser
internal import Base
internal import LanguageModels
internal import MCP

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo mcp compile`.
struct MCPCompile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compile",
        abstract: "Write a server as a skill, whose tools are called from the command line.",
        discussion: """
            Example:
              neo mcp compile time
              neo mcp compile time --record --example "convert_time source_timezone=UTC time=12:00 target_timezone=Asia/Tokyo"

            The skill has a line for each tool in place of its schema, and costs a model's context less; it says how
            much, over 20 turns, with tokens estimated as four bytes each. --record runs the tools that say they only
            read and need no arguments; --example runs what you write; other examples are made from schemas.
            --json: {"skill", "folder", "tools", "recorded", "tokens": {"turns", "schemas", "listing", "body",
            "reference", "as_tools", "as_skill", "as_whole_skill", "as_unused_skill", "saving", "as_tools_cached",
            "as_skill_cached", "cache_write", "cache_read"}, "remarks"}.
            """)

    @Argument(help: "The server's name.")
    var server: String

    @Option(help: ArgumentHelp("Where the skill's folder is made.", valueName: "folder"), completion: .directory)
    var to = "skills"

    @Flag(help: "Run the tools that say they only read, and need no arguments, for their examples.")
    var record = false

    @Option(
        help: ArgumentHelp(
            "A call to run for the examples: a tool and KEY=VALUE, with spaces between.", valueName: "call"))
    var example: [String] = []

    @Flag(help: "Write over a skill of that name.")
    var replace = false

    @OptionGroup var place: ServerFolder
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let setting = try place.servers().usable(server)
        let calls = try example.map { line in
            let words = line.split(separator: " ").map(String.init)
            guard let tool = words.first else { throw ValidationError("--example is empty.") }
            return MCPSkill.Example(tool: tool, words: Array(words.dropFirst()))
        }
        let isRecording = record
        let (list, examples) = try await MCPCommand.with(setting) { client in
            let list = try await client.tools()
            var examples: [MCPSkill.Example] = []
            for call in calls {
                let result = try await ServerCall.run(client, call.tool, call.words)
                examples.append(MCPSkill.Example(tool: call.tool, words: call.words, output: result.text))
            }
            for tool in list.tools where !examples.contains(where: { $0.tool == tool.name }) {
                var one = MCPSkill.composed(tool)
                // A server that lies about it harms what its walls let it.
                if isRecording, one.words.isEmpty, tool.json["annotations"]?["readOnlyHint"] == true {
                    one.output = try? await ServerCall.run(client, tool.name, []).text
                }
                examples.append(one)
            }
            return (list, examples)
        }
        guard !list.tools.isEmpty else { throw MCPError(.form, "The server \(server) has no tools.") }
        for remark in list.remarks { output.note(Terminal.harmless(remark)) }
        let skill = MCPSkill(server: server, tools: list.tools, examples: examples)
        let folder = try write(skill)
        let cost = MCPTokenCost(list.tools, skill) { TokenEstimate.tokens(in: $0) }
        let recorded = examples.filter { $0.output != nil }.count
        try output.render([
            "skill": .string(skill.name), "folder": .string(folder), "tools": .integer(list.tools.count),
            "recorded": .integer(recorded), "tokens": cost.json, "remarks": .array(list.remarks.map(JSONValue.string)),
        ]) {
            func whole(_ number: Double) -> String { String(Int(number.rounded())) }
            return """
                \(folder): \(list.tools.count) tools, \(recorded) recorded examples.
                Over \(cost.turns) turns, in estimated tokens:
                  as tools: \(cost.asTools), with a cache as \(whole(cost.discounted(cost.asTools))) at full price
                  as a skill: \(cost.asSkill), with a cache as \(whole(cost.discounted(cost.asSkill))) at full price
                  as a skill of which all is read: \(cost.asWholeSkill)
                  as a skill that is not needed: \(cost.asUnusedSkill)
                Saved: \(whole(cost.saving * 100)) %.
                """
        }
    }

    private func write(_ skill: MCPSkill) throws -> String {
        let root = to.hasPrefix("/") ? to : "\(try AgentCommand.existingFolder(place.folder))/\(to)"
        let folder = "\(root)/\(skill.name)"
        let files = FileManager.default
        guard replace || !files.fileExists(atPath: folder) else {
            throw MCPError(.settings, "\(folder) is there already: --replace writes over it.")
        }
        try files.createDirectory(atPath: folder + "/references", withIntermediateDirectories: true)
        try Data(skill.text.utf8).write(to: URL(filePath: folder + "/SKILL.md"), options: .atomic)
        try Data(skill.reference.utf8).write(to: URL(filePath: folder + "/references/tools.md"), options: .atomic)
        return folder
    }
}
