import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// `neo mcp` as a user calls it.
@Suite(.timeLimit(.minutes(2))) struct MCPCommandTests {
    private static let server = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "MCPTests/Servers/hostile_server.py").path

    /// A folder whose neo.yaml names a server.
    private static func withServer(
        kind: String = "none", _ body: (NeoProcess) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder async throws in
            let neo = NeoProcess(folder: folder)
            try neo.write("neo.yaml", "mcp:\n  old: {command: python3, args: [\"\(server)\", \(kind)]}\n")
            try await body(neo)
        }
    }

    @Test func `a project's server is started only when the user trusts it`() async throws {
        try await Self.withServer { neo async throws in
            let refused = try await neo.run("mcp", "call", "old", "work")
            #expect(refused.status == 1)
            #expect(refused.errorOutput.contains("neo mcp trust old"))
            #expect(try await neo.check("mcp", "list").output.contains("not trusted yet"))
            try await neo.check("mcp", "trust", "old")
            #expect(try await neo.check("mcp", "call", "old", "work").output == "done\n")
            // Somebody changes the entry: it is another server.
            try neo.write("neo.yaml", "mcp:\n  old: {command: python3, args: [\"\(Self.server)\", garbage]}\n")
            #expect(try await neo.run("mcp", "call", "old", "work").status == 1)
        }
    }

    @Test func `tools are shown and called, for people and for programs`() async throws {
        try await Self.withServer { neo async throws in
            try await neo.check("mcp", "trust", "old")
            #expect(try await neo.check("mcp", "tools", "old").output == "work()\n    A tool.\n")
            let tools = try JSONValue(parsing: try await neo.check("mcp", "tools", "old", "--json").output)
            #expect(tools["revision"] == "2025-11-25")
            #expect(tools["tools"]?.array?.first?["name"] == "work")
            let call = try JSONValue(parsing: try await neo.check("mcp", "call", "old", "work", "--json").output)
            #expect(call["text"] == "done")
            #expect(call["is_error"] == false)
        }
    }

    @Test(arguments: [
        (["mcp", "call", "odl", "work"], "Did you mean \"old\"?"),
        (["mcp", "call", "old", "wrok"], "Did you mean \"work\"?"),
        (["mcp", "call", "old", "work", "word"], "write KEY=VALUE"),
    ])
    func `what is wrong is said`(arguments: [String], sentence: String) async throws {
        try await Self.withServer { neo async throws in
            try await neo.check("mcp", "trust", "old")
            let result = try await neo.run(through: [], arguments)
            #expect(result.status == 1)
            #expect(result.errorOutput.contains(sentence), "\(result.errorOutput)")
        }
    }

    @Test func `servers of other programs are taken over without their secrets`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let neo = NeoProcess(folder: folder)
            try neo.write(
                ".mcp.json",
                #"{"mcpServers": {"git": {"command": "mcp-server-git", "args": ["-r", "."], "env": {"TOKEN": "s3cret-value"}}}}"#
            )
            let shown = try await neo.check("mcp", "import")
            #expect(shown.output.contains(#"git: {"args":["-r","."],"command":"mcp-server-git","env":["TOKEN"]}"#))
            #expect(shown.output.contains("Nothing was written"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/neo.yaml"))
            let written = try await neo.check("mcp", "import", "--server", "git")
            #expect(!written.output.contains("s3cret"))
            #expect(try !neo.read("neo.yaml").contains("s3cret"))
            #expect(try await neo.check("mcp", "list").output.contains("git  mcp-server-git -r ."))
            let again = try await neo.run("mcp", "import", "--server", "git")
            #expect(again.status == 1)
            #expect(again.errorOutput.contains("has a server git already"))
        }
    }
}

/// Servers that are kept between calls.
@Suite(.timeLimit(.minutes(2))) struct KeptServerTests {
    private static func withServer(_ body: (NeoProcess) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            let neo = NeoProcess(folder: folder)
            // Each start leaves a line.
            try neo.write(
                "server.py",
                """
                import json, os, sys
                open(sys.argv[1] + "/starts", "a").write("x")
                for line in sys.stdin:
                    request = json.loads(line)
                    if "id" not in request:
                        continue
                    results = {
                        "initialize": {"protocolVersion": "2025-11-25", "capabilities": {}, "serverInfo": {}},
                        "tools/list": {"tools": [{"name": "pid", "inputSchema": {"type": "object"}}]},
                        "tools/call": {"content": [{"type": "text", "text": str(os.getpid())}]},
                    }
                    result = results.get(request["method"])
                    answer = {"result": result} if result else {"error": {"code": -32601, "message": "no"}}
                    print(json.dumps({"jsonrpc": "2.0", "id": request["id"], **answer}), flush=True)
                """)
            try neo.write("log/.keep", "")
            try neo.write(
                "neo.yaml",
                "mcp:\n  kept: {command: python3, args: [\"\(folder)/server.py\", \"\(folder)/log\"], walls: {write: [log]}}\n"
            )
            try await neo.check("mcp", "trust", "kept")
            do { try await body(neo) } catch {
                _ = try await neo.run("mcp", "stop")
                throw error
            }
            _ = try await neo.run("mcp", "stop")
        }
    }

    @Test func `a server is started once for many calls, also where many begin at once`() async throws {
        try await Self.withServer { neo async throws in
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<4 {
                    group.addTask { try await neo.check("mcp", "call", "kept", "pid", "--keep").output }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(answers.count == 1)
            #expect(try await neo.check("mcp", "call", "kept", "pid", "--keep").output == answers.first)
            #expect(try neo.read("log/starts") == "x")
            #expect(try await neo.check("mcp", "stop").output == "1 server was ended.\n")
            try await neo.check("mcp", "call", "kept", "pid", "--keep")
            #expect(try neo.read("log/starts") == "xx")
            // None of those that had begun at the same time is left to take its place.
            #expect(try await neo.check("mcp", "stop").output == "1 server was ended.\n")
            #expect(try await neo.check("mcp", "stop").output == "0 servers were ended.\n")
        }
    }

    @Test func `one whose keeper was killed is started again`() async throws {
        try await Self.withServer { neo async throws in
            try await neo.check("mcp", "call", "kept", "pid", "--keep")
            try await neo.shell("kill -KILL $(cat home/mcp/kept/*.lock)")
            try await neo.check("mcp", "call", "kept", "pid", "--keep")
            #expect(try neo.read("log/starts") == "xx")
        }
    }

    @Test func `its socket is for this user alone`() async throws {
        try await Self.withServer { neo async throws in
            try await neo.check("mcp", "call", "kept", "pid", "--keep")
            let kept = try #require(neo.files(below: "home/mcp/kept").first { $0.hasSuffix(".sock") })
            let facts = try FileManager.default.attributesOfItem(atPath: kept)
            #expect(facts[.posixPermissions] as? Int == 0o600)
            let folder = try FileManager.default.attributesOfItem(atPath: neo.folder + "/home/mcp/kept")
            #expect(folder[.posixPermissions] as? Int == 0o700)
        }
    }
}
