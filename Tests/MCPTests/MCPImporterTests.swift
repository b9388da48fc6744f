import Base
import MCP
import Testing

@Suite struct MCPImporterTests {
    @Test func `Codex's tables are read`() throws {
        let importer = try MCPImporter(
            """
            model = "gpt"
            [mcp_servers.docs]
            command = "npx"   # a comment
            args = ["-y",
              "mcp-docs"]
            tool_timeout_sec = 30
            [mcp_servers.docs.env]
            API_KEY = "s3cret"
            [mcp_servers."remote one"]
            url = "https://example.com/mcp"
            bearer_token_env_var = "DOCS_TOKEN"
            [profiles.x]
            strange = 1979-05-27
            """, path: "config.toml")
        #expect(importer.servers.map(\.name) == ["docs", "remote-one"])
        #expect(
            importer.servers.first?.entry == [
                "command": "npx", "args": ["-y", "mcp-docs"], "env": ["API_KEY"], "timeout": 30,
            ])
        #expect(importer.servers.last?.entry == ["url": "https://example.com/mcp", "token": "DOCS_TOKEN"])
        #expect(importer.remarks.isEmpty)
    }

    @Test func `what is not understood of TOML is said with its line`() throws {
        let importer = try MCPImporter(
            "[mcp_servers.a]\ncommand = \"x\"\nwhen = 1979-05-27T07:32:00Z\n", path: "config.toml")
        #expect(importer.servers.map(\.name) == ["a"])
        #expect(importer.remarks == ["config.toml: line 3: this line is not understood, and was left out."])
    }

    @Test func `VS Code's file may have comments, commas and inputs`() throws {
        let importer = try MCPImporter(
            #"""
            {
              // what is asked for
              "inputs": [{"type": "promptString", "id": "key", "password": true}],
              "servers": {"one": {"type": "stdio", "command": "run", "args": ["--key", "${input:key}", "http://x/*y*/"],},},
            }
            """#, path: ".vscode/mcp.json")
        let one = try #require(importer.servers.first)
        #expect(one.entry == ["command": "run", "args": ["--key", "${input:key}", "http://x/*y*/"]])
        #expect(one.remarks.contains { $0.contains("${input:key}") })
    }

    @Test func `no secret is taken over`() throws {
        let importer = try MCPImporter(
            #"""
            {"mcpServers": {
              "a": {"command": "x", "args": ["--token=ghp_0123456789abcdefghij", "sk-verysecret", "plain"], "env": {"K": "top"}},
              "b": {"url": "https://h/mcp?key=topsecret", "headers": {"X-Api-Key": "topsecret"}}
            }}
            """#, path: "mcp.json")
        let text = importer.servers.map { $0.entry.canonicalText + $0.remarks.joined() }.joined()
        for secret in ["ghp_", "sk-very", "topsecret", "\"top\""] { #expect(!text.contains(secret)) }
        #expect(importer.servers.last?.entry["headers"] == ["X-Api-Key": "X_API_KEY"])
        #expect(importer.servers.first?.entry["args"]?.array?.last == "plain")
    }

    @Test(arguments: ["", "[]", "{", "\"text\"", String(repeating: "[", count: 10_000)])
    func `a file that is none is refused`(text: String) {
        #expect(throws: MCPError.self) { try MCPImporter(text, path: "mcp.json") }
    }

    @Test(arguments: [
        "[mcp_servers.a]\ncommand = [\"x\"", "[mcp_servers.a]\ncommand = {{{{{{{{{{{{", "[mcp_servers.\n",
        "[mcp_servers.a]\n= 3",
        "[mcp_servers.a]\ncommand = \"\\uZZZZ\"",
    ])
    func `TOML that is broken names no server, and is said`(text: String) throws {
        let importer = try MCPImporter(text, path: "config.toml")
        #expect(importer.servers.isEmpty)
        #expect(!importer.remarks.isEmpty)
    }

    @Test func `arguments are typed by the schema`() throws {
        let schema: JSONValue = [
            "type": "object", "additionalProperties": false,
            "properties": [
                "name": ["type": "string"], "count": ["type": "integer"], "all": ["type": "boolean"],
                "list": ["type": "array"], "either": ["anyOf": [["type": "string"], ["type": "null"]]],
                "maybe": ["anyOf": [["type": "integer"], ["type": "null"]]],
            ],
        ]
        let object = try MCPArguments.object(
            ["name=12", "count=3", "all=true", "list=[1,2]", "either=null", "maybe=null"], for: schema)
        #expect(
            object == [
                "name": "12", "count": 3, "all": true, "list": [1, 2], "either": "null", "maybe": .null,
            ])
        #expect(try MCPArguments.object(["either:=null"], for: schema) == ["either": .null])
        for wrong in [["count=x"], ["nam=1"], ["=1"], ["name"], ["name=1", "name=2"]] {
            #expect(throws: MCPError.self) { try MCPArguments.object(wrong, for: schema) }
        }
    }

    @Test(
        "A setting that makes no sense is said",
        arguments: [
            ["a b": ["command": "x"]], ["a": [:]], ["a": ["command": "x", "url": "http://h"]],
            ["a": ["url": "ftp://h"]],
            ["a": ["command": "x", "env": ["K": "not a name"]]], ["a": ["command": "x", "walls": "off"]],
            ["a": ["command": "x", "comand": 1]], ["a__b": ["command": "x"]], ["a": ["command": "x", "timeout": 0]],
            ["a": ["url": "https://h", "token": "sk-1234-secret"]],
        ] as [JSONValue])
    func settings(json: JSONValue) {
        #expect(throws: MCPError.self) { try MCPServerSetting.settings(from: json, in: "neo.yaml", folder: "/") }
    }
}
