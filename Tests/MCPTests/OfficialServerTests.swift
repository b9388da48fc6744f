import Base
import TestSupport
import Testing

@testable import MCP

/// Neo's client against the official SDK's server.
@Suite(
    .enabled(if: TestServer.sdkPython != nil, "scripts/mcp-environment installs the SDK that these speak with"),
    .timeLimit(.minutes(2)))
struct OfficialServerTests {
    @Test(arguments: MCPRevision.allCases)
    func `tools are listed and called over stdio`(revision: MCPRevision) async throws {
        try await Self.exercise(TestServer.sdk(), revision)
    }

    @Test(arguments: MCPRevision.allCases, [true, false])
    func `tools are listed and called over HTTP`(revision: MCPRevision, isStateless: Bool) async throws {
        try await TestServer.withSDKOverHTTP(stateless: isStateless) { setting in
            try await Self.exercise(setting, revision)
        }
    }

    private static func exercise(_ setting: MCPServerSetting, _ revision: MCPRevision) async throws {
        try await withTemporaryDirectory { folder async throws in
            let memory = MCPEraMemory(folder: folder)
            // The SDK speaks both: what is remembered is what is tried first.
            memory.remember(revision, of: setting)
            try await MCPClient.with(setting, memory: memory) { client in
                let facts = try await client.facts()
                #expect(facts.name == "sdk")
                #expect(facts.revision == revision)
                #expect(facts.instructions == "A server for tests.")
                let list = try await client.tools()
                #expect(list.tools.map(\.name).sorted() == ["add", "broken", "echo", "fail"])
                #expect(list.remarks.isEmpty)
                let sum = try await client.call("add", ["a": 2, "b": 40])
                #expect(sum.text == "42")
                #expect(!sum.isError)
                let text = "Grüße\n\u{1F600} \"quoted\""
                #expect(try await client.call("echo", ["text": .string(text)]).text == text)
                let failure = try await client.call("fail", [:])
                #expect(failure.isError)
                #expect(failure.text.contains("Error executing tool fail"))
                let wrong = try? await client.call("add", ["a": "two"])
                #expect(wrong?.isError ?? true)
            }
            #expect(memory.revision(of: setting) == revision)
        }
    }

    @Test func `what a server speaks is found out once`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let memory = MCPEraMemory(folder: folder)
            let setting = TestServer.sdk()
            #expect(memory.revision(of: setting) == nil)
            _ = try await MCPClient.with(setting, memory: memory) { try await $0.facts() }
            #expect(memory.revision(of: setting) == .modern)
            let old = TestServer.hostile("none")
            _ = try await MCPClient.with(old, memory: memory) { try await $0.facts() }
            #expect(memory.revision(of: old) == .legacy)
        }
    }
}
