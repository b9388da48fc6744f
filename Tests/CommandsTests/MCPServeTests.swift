import Base
import FoundationEssentials
import Processes
import Subprocess
import Testing

/// `neo mcp serve`, as clients use it.
@Suite(.timeLimit(.minutes(3))) struct MCPServeTests {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    /// The interpreter with the official SDK; nil where scripts/mcp-environment did not install it.
    static let python: String? = {
        let folder = tests.deletingLastPathComponent().appending(path: ".venv/mcp").path
        let isComplete = FileManager.default.fileExists(atPath: folder + "/requirements.txt")
        return isComplete ? folder + "/bin/python" : nil
    }()

    @Test(
        .enabled(if: python != nil, "scripts/mcp-environment installs the SDK that this drives"),
        arguments: ["auto", "2026-07-28", "legacy"])
    func `the official client lists and calls Neo's verbs`(mode: String) async throws {
        try await NeoProcess.withProject { neo async throws in
            try Self.addSkill(neo)
            var environment = ProcessInfo.processInfo.environment
            environment["NEO_HOME"] = neo.folder + "/home"
            environment["NEO_KNOWLEDGE"] = "none"
            let result = try await ChildProcess(
                executable: try #require(Self.python),
                arguments: [
                    Self.tests.appending(path: "MCPTests/Servers/sdk_client.py").path, try NeoProcess.executable(),
                    neo.folder + "/p", mode,
                ], environment: environment
            ).run()
            #expect(result.status == 0, "\(result.errorOutput)")
            #expect(result.output == "as it should be\n")
        }
    }

    @Test(
        .enabled(if: python != nil, "scripts/mcp-environment installs the SDK that this drives"),
        arguments: ["auto", "2026-07-28", "legacy"])
    func `the official client lists and calls Neo's verbs over HTTP`(mode: String) async throws {
        try await NeoProcess.withProject { neo async throws in
            try Self.addSkill(neo)
            let result = try await neo.serve(
                command: ["mcp", "serve", "p", "--http"], environment: ["NEO_KNOWLEDGE": "none"]
            ) { server async throws in
                let client = try await ChildProcess(
                    executable: try #require(Self.python),
                    arguments: [
                        Self.tests.appending(path: "MCPTests/Servers/sdk_client.py").path, "http",
                        "http://127.0.0.1:\(server.port)/mcp", mode,
                    ]
                ).run()
                #expect(client.output == "as it should be\n", "\(client.errorOutput)")
                try server.stop()
            }
            #expect(result.status == 0, "\(result.errorOutput)")
        }
    }

    @Test func `over HTTP only this machine is answered, by its own names`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let open = try await neo.run("mcp", "serve", "p", "--http", "--host", "0.0.0.0", "--port", "0")
            #expect(open.status == 1 && open.errorOutput.contains("NEO_MCP_TOKEN"), "\(open.errorOutput)")
            #expect(try await neo.run("mcp", "serve", "p", "--port", "80").status == 2)
            let result = try await neo.serve(command: ["mcp", "serve", "p", "--http"]) { server async throws in
                let body = #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#
                func reply(_ head: String) async throws -> String {
                    try await RawConnection.reply(
                        server.port,
                        to: "POST /mcp HTTP/1.1\r\n\(head)Content-Type: application/json\r\nConnection: close\r\n"
                            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
                }
                #expect(try await reply("Host: localhost\r\n").contains("\"protocolVersion\""))
                #expect(try await reply("Host: evil.example\r\n").hasPrefix("HTTP/1.1 421"))
                #expect(
                    try await reply("Host: localhost\r\nOrigin: http://evil.example\r\n").hasPrefix("HTTP/1.1 403"))
                #expect(try await server.get("/mcp").hasPrefix("HTTP/1.1 405"))
                try server.signal(.interrupt)
            }
            #expect(result.status == 0, "\(result.errorOutput)")
        }
    }

    /// A skill of the project, and what is no part of what others see of it.
    private static func addSkill(_ neo: NeoProcess) throws {
        try neo.write("p/skills/tea/SKILL.md", "---\nname: tea\ndescription: How tea is made.\n---\n\nWarm the pot.\n")
        try neo.write("p/skills/tea/references/pots and cups.md", "# Pots\n")
        try neo.write("p/skills/tea/evals/evals.json", "{}")
        try neo.write("p/skills/tea/references/data.bin", "a\0b")
        try neo.write("p/skills/tea/references/long.txt", String(repeating: "x", count: 300_000))
    }

    @Test func `skills are read as resources, page by page, and nothing beside them`() async throws {
        let meta =
            #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"#
        try await NeoProcess.withProject { neo async throws in
            try Self.addSkill(neo)
            for number in 1...120 {
                try neo.write(
                    "p/skills/s\(number)/SKILL.md", "---\nname: s\(number)\ndescription: One.\n---\n\nText.\n")
            }
            func line(_ id: Int, _ method: String, _ more: String) -> String {
                #"{"jsonrpc":"2.0","id":\#(id),"method":"resources/\#(method)","params":{\#(meta)\#(more)}}"#
            }
            let paths = [
                "SKILL.md", "references/data.bin", "references/long.txt", "../../neo.yaml", "%2e%2e/%2e%2e/neo.yaml",
                "",
            ]
            let answers = try await Self.exchange(
                neo,
                [line(1, "list", ""), line(2, "list", #","cursor":"100""#), line(3, "list", #","cursor":"x""#)]
                    + paths.enumerated().map { line(10 + $0.offset, "read", #","uri":"skill://tea/\#($0.element)""#) })
            let byID = Dictionary(answers.map { ($0["id"]?.integer ?? 0, $0) }) { first, _ in first }
            #expect(byID[1]?["result"]?["resources"]?.array?.count == 100)
            #expect(byID[1]?["result"]?["nextCursor"] == "100")
            #expect(byID[2]?["result"]?["resources"]?.array?.count == 21)
            #expect(byID[2]?["result"]?["nextCursor"] == nil)
            #expect(byID[3]?["error"]?["code"] == -32602)
            #expect(byID[10]?["result"]?["contents"]?.array?.first?["text"]?.string?.contains("Warm the pot.") == true)
            for id in 11...15 { #expect(byID[id]?["error"]?["code"] == -32602, "\(id)") }
        }
    }

    @Test func `Neo's own client lists and reads them, and trusts nothing by that`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try Self.addSkill(neo)
            let entry =
                "mcp:\n  docs: {command: [\(try NeoProcess.executable()), mcp, serve, \(neo.folder)/p], walls: none}\n"
            try neo.write("neo.yaml", entry)
            try await neo.check("mcp", "trust", "docs")
            #expect(
                try await neo.check("mcp", "resources", "docs").output
                    == "skill://tea/SKILL.md  tea\n    How tea is made.\n")
            let text = try await neo.check("mcp", "resources", "docs", "skill://tea/SKILL.md").output
            #expect(text.contains("Warm the pot."))
            let none = try await neo.run("mcp", "resources", "docs", "skill://tea/none")
            #expect(none.status == 1 && none.errorOutput.contains("There is no resource"))
        }
    }

    /// What is sent, a message a line, and what comes back.
    private static func exchange(_ neo: NeoProcess, _ lines: [String]) async throws -> [JSONValue] {
        let result = try await neo.run(through: [], ["mcp", "serve", "p"], input: lines.joined(separator: "\n") + "\n")
        #expect(result.status == 0, "\(result.errorOutput)")
        return try result.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    @Test func `what is wrong is answered with the protocol's errors`() async throws {
        let meta =
            #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"#
        try await NeoProcess.withProject { neo async throws in
            let answers = try await Self.exchange(
                neo,
                [
                    "no json", #"{"jsonrpc":"1.0","id":1,"method":"ping"}"#,
                    #"{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{}}"#,
                    #"{"jsonrpc":"2.0","id":3,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"1900-01-01","io.modelcontextprotocol/clientCapabilities":{}}}}"#,
                    #"{"jsonrpc":"2.0","id":4,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}"#,
                    #"{"jsonrpc":"2.0","id":5,"method":"release/promote","params":{\#(meta)}}"#,
                    #"{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{\#(meta),"name":"promote"}}"#,
                    #"{"jsonrpc":"2.0","id":7,"method":"server/discover","params":{\#(meta)}}"#,
                    #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99}}"#,
                ])
            let byID = Dictionary(answers.map { ($0["id"]?.integer ?? 0, $0) }) { first, _ in first }
            #expect(answers.count == 8)
            #expect(answers.first?["error"]?["code"] == -32700)
            #expect(byID[2]?["error"]?["code"] == -32602)
            #expect(byID[3]?["error"]?["code"] == -32022)
            #expect(byID[3]?["error"]?["data"]?["supported"] == ["2026-07-28"])
            #expect(byID[4]?["error"]?["code"] == -32602)
            #expect(byID[5]?["error"]?["code"] == -32601)
            #expect(byID[6]?["error"]?["code"] == -32602)
            #expect(byID[7]?["result"]?["resultType"] == "complete")
        }
    }

    @Test func `the earlier revision begins with a handshake`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let answers = try await Self.exchange(
                neo,
                [
                    #"{"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"#,
                    #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
                    #"{"jsonrpc":"2.0","id":"b","method":"ping"}"#,
                    #"{"jsonrpc":"2.0","id":"c","method":"tools/list"}"#,
                ])
            let byID = Dictionary(answers.map { ($0["id"]?.string ?? "", $0["result"]) }) { first, _ in first }
            #expect(byID["a"]??["protocolVersion"] == "2025-06-18")
            #expect(byID["b"] == .some([:]))
            #expect(byID["c"]??["tools"]?.array?.count == 8)
            #expect(byID["c"]??["resultType"] == nil)
        }
    }
}
