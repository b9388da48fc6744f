import Base
import MCP
import Testing

/// Servers over HTTP, right ones and others.
@Suite(.timeLimit(.minutes(2))) struct HTTPTransportTests {
    private static func with<Result: Sendable>(
        _ kind: String, headers: [String: MCPServerSetting.HeaderSource] = [:], environment: [String: String] = [:],
        _ body: @escaping @Sendable (MCPClient) async throws -> Result
    ) async throws -> Result {
        let words = ["python3", TestServer.folder + "/http_server.py", kind]
        return try await TestServer.withHTTP(words) { setting in
            var setting = setting
            if case .remote(let url, _) = setting.kind { setting.kind = .remote(url, headers: headers) }
            setting.seconds = 10
            return try await MCPClient.with(setting, environment: environment, body)
        }
    }

    @Test func `the headers say what the message does`() async throws {
        let (list, text, figures) = try await Self.with("plain") { client in
            (
                try await client.tools(), try await client.call("work", ["region": "Grüße"]).text, client.figures
            )
        }
        let headers = try JSONValue(parsing: text)
        #expect(headers["mcp-protocol-version"] == "2026-07-28")
        #expect(headers["mcp-method"] == "tools/call")
        #expect(headers["mcp-name"] == "work")
        #expect(headers["mcp-param-region"] == "=?base64?R3LDvMOfZQ==?=")
        #expect(headers["accept"] == "application/json, text/event-stream")
        #expect(list.tools.map(\.name) == ["work"])
        #expect(list.remarks.count == 1)
        #expect(figures.unknownAnswers == 3)
        #expect(figures.notifications == 3)
    }

    @Test func `a server that wants a login is refused with a sentence`() async throws {
        let error = await #expect(throws: MCPError.self) { try await Self.with("login") { try await $0.facts() } }
        #expect(error?.code == .unauthorized)
        #expect(error?.message.contains("OAuth") == true)
    }

    @Test func `a token comes from the environment, and is never said`() async throws {
        let headers = ["authorization": MCPServerSetting.HeaderSource(prefix: "Bearer ", variable: "T")]
        let facts = try await Self.with("token", headers: headers, environment: ["T": "the-t0ken"]) {
            try await $0.facts()
        }
        #expect(facts.revision == .modern)
        for environment in [["T": "wr0ng"], [:]] {
            let error = await #expect(throws: MCPError.self) {
                try await Self.with("token", headers: headers, environment: environment) { try await $0.facts() }
            }
            #expect(error?.description.contains("wr0ng") == false)
        }
    }

    @Test func `no key goes over a connection that others can read`() {
        let headers = ["authorization": MCPServerSetting.HeaderSource(prefix: "Bearer ", variable: "T")]
        let setting = MCPServerSetting(
            name: "s", kind: .remote("http://example.com/mcp", headers: headers), folder: "/")
        let error = #expect(throws: MCPError.self) { try HTTPTransport(setting, environment: ["T": "t0ken"]) }
        #expect(error?.message.contains("not encrypted") == true)
    }

    @Test(arguments: ["elsewhere", "page", "flood"])
    func `what is no server is said`(kind: String) async throws {
        await #expect(throws: MCPError.self) { try await Self.with(kind) { try await $0.facts() } }
    }

    @Test func `where nobody listens is said`() async throws {
        let setting = MCPServerSetting(name: "s", kind: .remote("http://127.0.0.1:1/mcp", headers: [:]), folder: "/")
        let error = await #expect(throws: MCPError.self) { try await MCPClient.with(setting) { try await $0.facts() } }
        #expect(error?.code == .unreachable)
    }

    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("ä", "=?base64?w6Q=?="), (" a", "=?base64?IGE=?="), ("a\nb", "=?base64?YQpi?="),
        ("=?base64?x?=", "=?base64?PT9iYXNlNjQ/eD89?="),
    ])
    func `a header's text comes back`(text: String, header: String) {
        #expect(HTTPHeaderText.encoded(text) == header)
        #expect(HTTPHeaderText.decoded(header) == text)
    }
}
