import Base
import FoundationEssentials
import Processes
import Testing

/// `neo agent` with tools of servers.
@Suite(.timeLimit(.minutes(3))) struct AgentServerTests {
    /// Tells what of the project it can read.
    private static let server = """
        import json, sys
        def seen(path):
            try:
                return open(path).read()
            except OSError as error:
                return type(error).__name__
        for line in sys.stdin:
            request = json.loads(line)
            if "id" not in request:
                continue
            text = "golden: " + seen("golden.jsonl") + " settings: " + seen("neo.yaml")
            results = {
                "initialize": {"protocolVersion": "2025-11-25", "capabilities": {}, "serverInfo": {}},
                "tools/list": {"tools": [{"name": "look.around", "inputSchema": {"type": "object"}}]},
                "tools/call": {"content": [{"type": "text", "text": text}]},
            }
            result = results.get(request["method"])
            answer = {"result": result} if result else {"error": {"code": -32601, "message": "no"}}
            print(json.dumps({"jsonrpc": "2.0", "id": request["id"], **answer}), flush=True)

        """

    private static let looking = #"""

        def reply(messages):
            results = [m["content"] for m in messages if m["role"] == "tool"]
            return ("Next.", [tool("look", "spy__look_around")]) if not results else ("\n".join(results), [])
        """#

    @Test func `a trusted server's tool is called, and it sees no question that is held out`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("spy.py", Self.server)
            let entry = "mcp:\n  spy: {command: python3, args: [\"\(neo.folder)/spy.py\"], walls: {read: [.]}}\n"
            try neo.write("p/neo.yaml", try neo.read("p/neo.yaml") + entry)
            try await ScriptedChatServer.serving(neo, replies: Self.looking) {
                let strange = try await neo.check("agent", "Look.", "--folder", "p")
                #expect(strange.errorOutput.contains("neo mcp trust spy"), "\(strange.errorOutput)")
                #expect(strange.output.contains("There is no tool \"spy__look_around\""), "\(strange.output)")
                try await neo.check("mcp", "trust", "spy", "--folder", "p")
                let seen = try await neo.check("agent", "Look.", "--folder", "p", "--quiet").output
                #expect(seen.contains("settings: "), "\(seen)")
                #expect(seen.contains("documents:"), "\(seen)")
                #expect(!seen.contains("samovar") && !seen.contains("moka"), "\(seen)")
            }
        }
    }
}
