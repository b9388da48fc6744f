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
                        "tools/list": {"tools": [{"name": name, "inputSchema": {"type": "object"}} for name in ("pid", "hang")]},
                        "tools/call": {"content": [{"type": "text", "text": str(os.getpid())}]},
                    }
                    if request.get("params", {}).get("name") == "hang":
                        open(sys.argv[1] + "/hangs", "a").write("x")
                        continue
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

    /// Waits until what `neo mcp kept` says is as wanted.
    private static func wait(_ neo: NeoProcess, until isRight: ([JSONValue]) -> Bool) async throws {
        while true {
            let kept = try JSONValue(parsing: try await neo.check("mcp", "kept", "--json").output)
            if isRight(try #require(kept["kept"]?.array)) { return }
        }
    }

    @Test func `those that are kept are listed, and ended one by one`() async throws {
        try await Self.withServer { neo async throws in
            #expect(try await neo.check("mcp", "kept").output == "No server is kept.\n")
            try await neo.check("mcp", "call", "kept", "pid", "--keep")
            let list = try await neo.check("mcp", "kept").output
            #expect(list.hasPrefix("kept  ") && list.contains("1 calls, the last "))
            #expect(try await neo.check("mcp", "stop", "other").output == "0 servers were ended.\n")
            #expect(try await neo.check("mcp", "stop", "kept").output == "1 server was ended.\n")
            try await Self.wait(neo) { $0.isEmpty }
        }
    }

    @Test func `one whose entry or program has changed makes room for the new one`() async throws {
        try await Self.withServer { neo async throws in
            let first = try await neo.check("mcp", "call", "kept", "pid", "--keep").output
            try neo.write("server.py", try neo.read("server.py").replacing("str(os.getpid())", with: "\"new\""))
            #expect(try await neo.check("mcp", "call", "kept", "pid", "--keep").output == "new\n")
            #expect(first != "new\n")
            // The first ends by itself: its program is not there any more.
            try await Self.wait(neo) { $0.count == 1 }
            try neo.write("neo.yaml", try neo.read("neo.yaml").replacing("walls:", with: "timeout: 30, walls:"))
            let refused = try await neo.run("mcp", "call", "kept", "pid", "--keep")
            #expect(refused.status == 1 && refused.errorOutput.contains("neo mcp trust kept"))
            try await Self.wait(neo) { $0.isEmpty }
        }
    }

    @Test
    func `what is remembered of settings holds for these very bytes, and what is not trusted any more is refused`()
        async throws
    {
        try await Self.withServer { neo async throws in
            for _ in 0..<2 { try await neo.check("mcp", "call", "kept", "pid", "--keep") }
            #expect(try neo.files(below: "home/mcp/usable").count == 1)
            let rights = try FileManager.default.attributesOfItem(atPath: neo.folder + "/home/mcp/usable")
            #expect(rights[.posixPermissions] as? Int == 0o700)
            // A comment changes nothing but bytes: the settings are read again, and the server is the same.
            let starts = try neo.read("log/starts")
            try neo.write("neo.yaml", try neo.read("neo.yaml") + "# a comment\n")
            try await neo.check("mcp", "call", "kept", "pid", "--keep")
            #expect(try neo.files(below: "home/mcp/usable").count == 2)
            #expect(try neo.read("log/starts") == starts)
            try neo.write("home/mcp/trusted.json", "{}")
            let refused = try await neo.run("mcp", "call", "kept", "pid", "--keep")
            #expect(refused.status == 1 && refused.errorOutput.contains("neo mcp trust kept"))
            try neo.write("neo.yaml", "mcp: {}\n")
            #expect(
                try await neo.run("mcp", "call", "kept", "pid", "--keep").errorOutput.contains("No server is called"))
        }
    }

    @Test func `one that nobody calls ends, and leaves nothing`() async throws {
        try await Self.withServer { neo async throws in
            try await neo.check("mcp", "keep", "kept", "--idle", "0.2")
            #expect(try neo.files(below: "home/mcp/kept").isEmpty)
        }
    }

    @Test func `what a killed keeper leaves is taken away`() async throws {
        try await Self.withServer { neo async throws in
            try await neo.check("mcp", "call", "kept", "pid", "--keep")
            try await neo.shell("kill -KILL $(cat home/mcp/kept/*.lock)")
            #expect(try await neo.check("mcp", "kept").output == "No server is kept.\n")
            #expect(try neo.files(below: "home/mcp/kept").isEmpty)
        }
    }

    @Test func `a call whose keeper dies is not made again, as nobody knows what it did`() async throws {
        try await Self.withServer { neo async throws in
            let result = try await withThrowingTaskGroup(of: ChildProcess.Result?.self) { group in
                group.addTask { try await neo.run("mcp", "call", "kept", "hang", "--keep") }
                group.addTask {
                    try await neo.shell(
                        "until [ -e log/hangs ]; do sleep 0.02; done; kill -KILL $(cat home/mcp/kept/*.lock)")
                    return nil
                }
                return try await group.reduce(nil) { $0 ?? $1 }
            }
            #expect(result?.status == 1)
            #expect(result?.errorOutput.contains("what the call did is not known") == true)
            #expect(try neo.read("log/hangs") == "x")
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
