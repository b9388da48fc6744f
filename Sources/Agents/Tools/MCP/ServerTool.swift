package import Base
package import LanguageModels
package import MCP

/// A tool of a server of the Model Context Protocol.
///
/// What the server says of it, and what a call gives, are a stranger's words. What it says of its effects is not asked: a
/// call counts as a command line, `mcp SERVER TOOL`, which rules can name, and where the server reaches hosts, as sending
/// them what it likes.
package struct ServerTool: Tool {
    /// What providers take as a tool's name.
    private static let longestName = 64

    package let definition: ToolDefinition
    /// A server may do a thing twice.
    package let isIdempotent = false
    private let client: MCPClient
    private let tool: MCPTool

    /// - Parameter taken: names that others have.
    package init(_ tool: MCPTool, of client: MCPClient, taken: Set<String> = []) {
        self.client = client
        self.tool = tool
        let server = client.setting.name
        definition = ToolDefinition(
            name: Self.name(server, tool.name, taken),
            description: "(of the server \(server), which describes it so) "
                + ToolText.harmless(tool.summary.isEmpty ? tool.name : tool.summary),
            parameters: tool.schema.json)
    }

    /// `server__tool`, in characters that every provider takes, cut where it is too long, and unlike all others.
    private static func name(_ server: String, _ tool: String, _ taken: Set<String>) -> String {
        let whole = "\(server)__\(tool)".map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" ? $0 : "_" }
        var name = String(whole.prefix(longestName))
        if whole.count > longestName {
            name = String(whole.prefix(longestName - 9)) + "_" + ContentHash(of: tool).hex.prefix(8)
        }
        var number = 1
        while taken.contains(name) {
            number += 1
            name = String(String(whole).prefix(longestName - 4)) + "_\(number)"
        }
        return name
    }

    package func effects(of arguments: [String: JSONValue]) -> [ToolEffect] {
        let line = ToolEffect.runs("mcp \(client.setting.name) \(tool.name)")
        switch (client.setting.kind, client.setting.walls) {
        case (.remote(let url, _), _): return [line, .sends(Self.host(of: url))]
        case (.program, .none): return [line, .sends("\(client.setting.name).outside-of-walls")]
        case (.program, .inside(let walls)):
            return walls.net.isEmpty ? [line] : [line, .sends(walls.net.joined(separator: ","))]
        }
    }

    private static func host(of url: String) -> String {
        let behind = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true).dropFirst().first ?? ""
        return String(behind.prefix { $0 != "/" && $0 != "?" })
    }

    package func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        do {
            let result = try await client.call(tool.name, .object(arguments))
            let all = ToolText.harmless(result.text)
            let bounded = ToolText.bounded(ToolText.shown(all), of: all, in: context)
            let text = bounded.text.isEmpty ? "(the tool gave nothing)" : bounded.text
            return ToolOutcome(text, isError: result.isError, isTainted: true, whole: bounded.whole)
        } catch let error as CancellationError {
            throw error
        } catch let error as MCPError {
            // It may quote the server.
            return ToolOutcome(error.message, isError: true, isTainted: true)
        } catch {
            try Task.checkCancellation()
            return ToolOutcome("The server \(client.setting.name) failed: \(error)", isError: true, isTainted: true)
        }
    }
}
