import Base
import TestSupport
import Testing

@testable import MCP

/// Streams of the earlier revision that break off and go on, and what a server says of its own accord.
@Suite(.timeLimit(.minutes(2))) struct LegacyStreamTests {
    private static func with<Result: Sendable>(
        _ kind: String, _ body: @escaping @Sendable (MCPClient) async throws -> Result
    ) async throws -> Result {
        try await TestServer.withHTTP(["python3", TestServer.folder + "/stream_server.py", kind]) { setting in
            var setting = setting
            setting.seconds = 20
            return try await MCPClient.with(setting, body)
        }
    }

    @Test func `an answer that breaks off goes on behind its last event`() async throws {
        let (text, figures) = try await Self.with("resumes") { client in
            (try await client.call("work", [:]).text, client.figures)
        }
        let told = try JSONValue(parsing: text)
        #expect(told["gets"] == ["one", "two"])
        #expect(told["session"] == "s-resumes")
        #expect(figures.notifications == 1)
    }

    @Test func `an answer that never goes on is given up`() async throws {
        let error = await #expect(throws: MCPError.self) {
            try await Self.with("lost") { try await $0.call("work", [:]) }
        }
        #expect(error?.code == .unreachable, "\(String(describing: error))")
        #expect(error?.message.contains("broke off") == true)
        let refused = await #expect(throws: MCPError.self) {
            try await Self.with("refuses") { try await $0.call("work", [:]) }
        }
        #expect(refused?.code == .status(400), "\(String(describing: refused))")
    }

    @Test func `what a server asks of its own accord is answered`() async throws {
        let (text, figures) = try await Self.with("listen") { client in
            (try await client.call("work", [:]).text, client.figures)
        }
        let told = try JSONValue(parsing: text)
        #expect(told["done"] == true)
        #expect(told["answers"]?.array?.first?["id"] == "q")
        #expect(told["answers"]?.array?.first?["result"]?["roots"] == [])
        // Its first stream ended, and went on behind the event that it ended with.
        #expect(told["gets"]?.array?.prefix(2) == [.null, "a"])
        #expect(figures.changes == 1)
    }

    @Test func `a session that the server has forgotten is begun anew`() async throws {
        let text = try await Self.with("forgets") { client in
            await #expect(throws: MCPError.self) { try await client.call("work", [:]) }
            return try await client.call("work", [:]).text
        }
        #expect(text == "found again")
    }

    @Test(.enabled(if: TestServer.sdkPython != nil, "scripts/mcp-environment installs the SDK that this speaks with"))
    func `the official server's streams go on where they broke off`() async throws {
        try await TestServer.withHTTP(
            [TestServer.sdkPython ?? "", TestServer.folder + "/sdk_server.py", "resumable"]
        ) { setting in
            try await withTemporaryDirectory { folder async throws in
                let memory = MCPEraMemory(folder: folder)
                memory.remember(.legacy, of: setting)
                let text = try await MCPClient.with(setting, memory: memory) { client in
                    try await client.call("broken", [:]).text
                }
                #expect(text == "behind the break")
            }
        }
    }

    @Test(arguments: [
        ("retry: 0\nid: a\n\n", 10, "a"), ("retry: 99999999999999999999\n\n", 1_000, nil),
        ("retry: -5\n\n", 1_000, nil),
        ("retry: 600000\ndata: x\n\n", 10_000, nil), ("id: \u{E4}\n\n", 1_000, nil), ("id: b\n", 1_000, nil),
    ])
    func `what a server wishes has bounds`(stream: String, milliseconds: Int, id: String?) throws {
        var parser = ServerSentEventParser(limit: 1_000)
        _ = try parser.append(Array(stream.utf8))
        var place = StreamPlace()
        place.note(parser)
        #expect(place.pause == .milliseconds(milliseconds))
        #expect(place.id == id)
    }
}
