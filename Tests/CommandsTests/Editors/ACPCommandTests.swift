import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// `neo acp`, as editors use it, and as nobody should.
@Suite(.timeLimit(.minutes(5))) struct ACPCommandTests {
    private static let client = #filePath.replacing(/Tests\/CommandsTests\/.*/, with: "Tests/Editors/acp_client.py")

    @Test(
        .enabled(if: MCPServeTests.python != nil, "scripts/mcp-environment installs the SDK that this drives"),
        arguments: [
            "streams", "tools", "edits", "permissions", "cancels", "questions", "killed", "gone", "servers", "unusable",
            "commands", "by_hand",
        ])
    func `the official SDK works with it`(scenario: String) async throws {
        try await withTemporaryDirectory { folder in
            let result = try await ChildProcess(
                executable: try #require(MCPServeTests.python),
                arguments: [Self.client, try NeoProcess.executable(), folder, scenario], directory: folder
            ).run()
            #expect(result.status == 0, "\(result.errorOutput)")
            #expect(result.output == "as it should be\n")
        }
    }

    /// What is sent, a message a line, and what comes back.
    private static func exchange(_ neo: NeoProcess, _ lines: [String]) async throws -> [JSONValue] {
        let result = try await neo.run(through: [], ["acp"], input: lines.joined(separator: "\n"))
        #expect(result.status == 0, "\(result.errorOutput)")
        #expect(!result.errorOutput.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        return try result.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    @Test func `what is wrong is answered, and the next message is taken`() async throws {
        try await withTemporaryDirectory { folder in
            let long = #"{"jsonrpc":"2.0","id":1,"method":"\#(String(repeating: "x", count: 17 << 20))"}"#
            let answers = try await Self.exchange(
                NeoProcess(folder: folder),
                [
                    "\u{1B}]0;no json\u{7}", "[1]", long, #"{"jsonrpc":"2.0","id":2,"method":"release/promote"}"#,
                    #"{"jsonrpc":"2.0","id":3,"method":"session/new","params":[]}"#,
                    #"{"jsonrpc":"2.0","id":4,"method":"session/new","params":{"mcpServers":[]}}"#,
                    #"{"jsonrpc":"2.0","id":5,"method":"session/new","params":{"cwd":"/","mcpServers":[{"name":"x"}]}}"#,
                    #"{"jsonrpc":"2.0","id":6,"method":"session/new","params":{"cwd":"/","additionalDirectories":["/tmp"]}}"#,
                    #"{"jsonrpc":"2.0","id":7,"method":"session/prompt","params":{"sessionId":7}}"#,
                    #"{"jsonrpc":"2.0","id":8,"method":"session/list","params":{"cwd":"\#(folder)","cursor":1}}"#,
                    #"{"jsonrpc":"2.0","method":"unheard/of"}"#, #"{"jsonrpc":"2.0","method":"session/cancel"}"#,
                    #"{"jsonrpc":"2.0","id":"stray","result":{}}"#,
                    #"{"jsonrpc":"2.0","id":9,"method":"session/list","params":{"cwd":null,"cursor":null}}"#,
                    // Without an end of the line.
                    #"{"jsonrpc":"2.0","id":10,"method":"initialize","params":{}}"#,
                ])
            #expect(answers.prefix(3).map { $0["error"]?["code"]?.integer } == [-32700, -32600, -32700])
            #expect(answers.prefix(3).allSatisfy { $0["id"] == .null })
            let byID = Dictionary(answers.map { ($0["id"]?.integer ?? 0, $0) }) { first, _ in first }
            func words(_ id: Int) -> String { byID[id]?["error"]?["message"]?.string ?? "" }
            #expect(byID[2]?["error"]?["code"] == -32601)
            #expect((3...8).allSatisfy { byID[$0]?["error"]?["code"] == -32602 })
            #expect(words(4).contains("`cwd`") && words(5).contains("`mcpServers[0].command`"))
            #expect(words(6).contains("`additionalDirectories`") && words(7).contains("`sessionId`"))
            #expect(words(8).contains("`cursor`"))
            #expect(byID[9]?["result"] == ["sessions": []])
            // What has no end of the line is no message yet.
            #expect(byID[10] == nil && answers.count == 11)
        }
    }
}
