import Agents
import Base
import Foundation
import LanguageModels
import MCP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct ServerToolTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../MCPTests/Servers/hostile_server.py").standardizedFileURL.path

    private static func setting(_ kind: String = "none") -> MCPServerSetting {
        MCPServerSetting(name: "old", kind: .program(["python3", script, kind], variables: [:]), folder: "/tmp")
    }

    private static func tool(_ name: String) throws -> MCPTool {
        try MCPTool(["name": .string(name), "description": "A tool for tests.", "inputSchema": ["type": "object"]])
    }

    @Test func `a tool of a server holds to what every tool holds to`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let violations = try await MCPClient.with(Self.setting()) { client in
                let tool = try #require(try await client.tools().tools.first)
                return await ToolConformance(
                    ServerTool(tool, of: client), samples: [[:]], outputFolder: folder
                ).violations()
            }
            #expect(violations.isEmpty)
        }
    }

    @Test func `what it gives is a stranger's words, also where it fails`() async throws {
        try await withTemporaryDirectory { folder async throws in
            for (kind, isError) in [("none", false), ("crash", true), ("half", true)] {
                let outcome = try await MCPClient.with(Self.setting(kind)) { client in
                    let tool = try #require(try await client.tools().tools.first)
                    return try await ServerTool(tool, of: client).run(
                        [:], in: ToolContext(callID: "c", outputFolder: folder))
                }
                #expect(outcome.isTainted)
                #expect(outcome.isError == isError)
            }
        }
    }

    @Test func `names are what every provider takes, and each is another`() async throws {
        try await MCPClient.with(Self.setting()) { client in
            let plain = ServerTool(try Self.tool("read.file"), of: client)
            #expect(plain.definition.name == "old__read_file")
            let again = ServerTool(try Self.tool("read_file"), of: client, taken: [plain.definition.name])
            #expect(again.definition.name == "old__read_file_2")
            let long = (0..<2).map { String(repeating: "x", count: 120) + "\($0)" }
            let names = try long.map { ServerTool(try Self.tool($0), of: client).definition.name }
            #expect(Set(names).count == 2)
            #expect(names.allSatisfy { $0.count <= 64 })
        }
    }

    @Test func `a call is judged like a command line, and asks where it leads outside`() async throws {
        func effects(_ change: (inout MCPServerSetting) -> Void) async throws -> [ToolEffect] {
            var setting = Self.setting()
            change(&setting)
            return try await MCPClient.with(setting) { client in
                ServerTool(try Self.tool("work"), of: client).effects(of: [:])
            }
        }
        let line = ToolEffect.runs("mcp old work")
        #expect(try await effects { _ in } == [line])
        #expect(
            try await effects { $0.walls = .inside(.init(net: ["api.example.org"])) } == [
                line, .sends("api.example.org"),
            ])
        #expect(try await effects { $0.walls = .none } == [line, .sends("old.outside-of-walls")])
        #expect(
            try await effects { $0.kind = .remote("https://h.example:8443/mcp?x", headers: [:]) } == [
                line, .sends("h.example:8443"),
            ])
    }
}
