import Agents
import Base
import MCP
import Testing

@testable import Commands

@Suite struct GivenServersTests {
    private static func servers(_ list: JSONValue) throws -> GivenServers {
        try GivenServers(ACPParams("session/new", ["mcpServers": list]), folder: "/w")
    }

    @Test func `a program gets narrow walls, and its secrets are in no setting`() throws {
        let given = try Self.servers([
            [
                "name": "My server!", "command": "/usr/bin/serve", "args": ["--fast"],
                "env": [["name": "API_KEY", "value": "s3cret"], ["name": "OTHER", "value": "more"]],
            ],
            ["name": "my server", "command": "serve", "args": [], "env": []],
            ["name": "My server?", "command": "serve", "args": [], "env": []],
            ["name": "日本", "command": "serve"],
        ])
        #expect(given.settings.map(\.name) == ["My-server", "my-server", "My-server-2", "server"])
        #expect(given.settings.allSatisfy { MCPServerSetting.isName($0.name) })
        #expect(given.settings.allSatisfy { $0.walls == .inside(MCPServerSetting.Walls(read: ["/w"])) })
        guard case .program(let words, let variables)? = given.settings.first?.kind else {
            Issue.record("no program")
            return
        }
        #expect(words == ["/usr/bin/serve", "--fast"])
        #expect(variables.mapValues { given.variables[$0] } == ["API_KEY": "s3cret", "OTHER": "more"])
        #expect(!"\(given.settings)".contains("s3cret"))
    }

    @Test func `a server elsewhere has its headers`() throws {
        let given = try Self.servers([
            [
                "type": "http", "name": "far", "url": "https://x.example/mcp",
                "headers": [["name": "X-Key", "value": "s3cret"]],
            ]
        ])
        guard case .remote("https://x.example/mcp", let headers)? = given.settings.first?.kind else {
            Issue.record("no address")
            return
        }
        #expect(given.variables[headers["x-key"]?.variable ?? ""] == "s3cret")
        #expect(!"\(given.settings)".contains("s3cret"))
    }

    @Test(
        arguments: [
            (7, "`mcpServers` must be a list"), ([7], "`mcpServers[0].name`"),
            ([["name": "x"]], "`mcpServers[0].command`"),
            ([["name": "x", "command": "y", "args": [1]]], "`mcpServers[0].args`"),
            ([["name": "x", "command": "y", "env": [["name": "A B", "value": ""]]]], "`mcpServers[0].env`"),
            ([["name": "x", "command": "y", "env": [["name": "A"]]]], "`mcpServers[0].env`"),
            ([["name": "x", "type": "sse", "url": "https://x"]], "\"sse\""),
            ([["name": "x", "type": "http", "url": "file:///x"]], "`mcpServers[0].url`"),
            (
                [["name": "x", "type": "http", "url": "https://x", "headers": [["name": "a b", "value": ""]]]],
                "`mcpServers[0].headers`"
            ),
            (.array(Array(repeating: ["name": "x", "command": "y"], count: 33)), "more than 32"),
        ] as [(JSONValue, String)])
    func `what cannot be taken is named`(list: JSONValue, words: String) throws {
        let fault = try #require(throws: ACPFault.self) { try Self.servers(list) }
        #expect(fault.number == .params && fault.message.contains(words), "\(fault.message)")
    }
}
