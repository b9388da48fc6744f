import Base
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MCP
import Testing

@testable import Server

/// Streamable HTTP, without a socket.
@Suite(.timeLimit(.minutes(5))) struct MCPRouteTests {
    private static let json: HTTPFields = [
        .contentType: "application/json", .accept: "application/json, text/event-stream",
    ]

    private static func field(_ name: String) throws -> HTTPField.Name { try #require(HTTPField.Name(name)) }

    private static func with(
        _ options: ServerOptions = ServerOptions(
            requestsPerMinutePerClient: nil, waitingSeconds: 1, verbosity: .errors),
        started: AsyncStream<Void>.Continuation? = nil,
        _ test: @escaping @Sendable (ServerFixture.Client) async throws -> Void
    ) async throws {
        func tool(
            _ name: String, run: @escaping @Sendable ([String: JSONValue]) async throws -> MCPServedTool.Outcome
        ) -> MCPServedTool {
            MCPServedTool(name: name, summary: "", schema: ["type": "object"], onlyReads: true, run: run)
        }
        let server = MCPServer(
            name: "t", version: "1", instructions: "",
            tools: [
                tool("echo") { MCPServedTool.Outcome(JSONValue.object($0).canonicalText) },
                tool("slow") { _ in
                    try await Task.sleep(for: .milliseconds(1500))
                    return MCPServedTool.Outcome("at last")
                },
                tool("endless") { _ in
                    started?.yield()
                    try await Task.sleep(for: .seconds(3600))
                    return MCPServedTool.Outcome("never")
                },
            ], check: { _, _ in [] })
        let application = Application(router: mcpRouter(server, options: options, clients: ConnectedClients()))
        try await application.test(.router) { try await test(ServerFixture.Client(client: $0)) }
    }

    /// A request of 2026-07-28, and its headers.
    private static func modern(
        _ method: String, _ params: [String: JSONValue] = [:], version: String = "2026-07-28"
    ) throws -> (String, HTTPFields) {
        var (params, headers) = (params, json)
        params["_meta"] = [
            "io.modelcontextprotocol/protocolVersion": .string(version),
            "io.modelcontextprotocol/clientCapabilities": [:],
        ]
        headers[try field("mcp-protocol-version")] = version
        headers[try field("mcp-method")] = method
        if let name = params["name"]?.string { headers[try field("mcp-name")] = HTTPHeaderText.encoded(name) }
        let message: JSONValue = ["jsonrpc": "2.0", "id": 7, "method": .string(method), "params": .object(params)]
        return (message.canonicalText, headers)
    }

    @Test func `a request of the present revision stands for itself`() async throws {
        try await Self.with { client async throws in
            let (list, headers) = try Self.modern("tools/list")
            let reply = try await client.send(.post, "/mcp", body: list, headers: headers)
            #expect(reply.status == 200)
            #expect(reply.headers[.contentType]?.hasPrefix("application/json") == true)
            #expect(reply.headers[try Self.field("mcp-session-id")] == nil)
            #expect(try reply.json["result"]?["tools"]?.array?.count == 3)
            let (call, callHeaders) = try Self.modern("tools/call", ["name": "echo", "arguments": ["a": "ä"]])
            let answer = try await client.send(.post, "/mcp", body: call, headers: callHeaders)
            #expect(try answer.json["result"]?["content"]?.array?.first?["text"] == #"{"a":"ä"}"#)
            #expect(try answer.json["id"] == 7)
        }
    }

    @Test func `what is wrong has the status and the number of the protocol`() async throws {
        try await Self.with { client async throws in
            func number(_ made: (String, HTTPFields)) async throws -> [Int?] {
                let reply = try await client.send(.post, "/mcp", body: made.0, headers: made.1)
                return [reply.status, try reply.json["error"]?["code"]?.integer]
            }
            #expect(try await number(Self.modern("nonsense/method")) == [404, -32601])
            #expect(try await number(Self.modern("tools/call", ["name": "none"])) == [400, -32602])
            #expect(try await number(Self.modern("tools/list", version: "1900-01-01")) == [400, -32022])
            for name in ["mcp-method", "mcp-protocol-version", "mcp-name"] {
                var made = try Self.modern("tools/call", ["name": "echo"])
                made.1[try Self.field(name)] = "other"
                #expect(try await number(made) == [400, -32020], "\(name)")
                made.1[try Self.field(name)] = nil
                #expect(try await number(made) == [400, -32020], "\(name)")
            }
            var twice = try Self.modern("tools/list")
            twice.1.append(HTTPField(name: try Self.field("mcp-method"), value: "tools/list"))
            #expect(try await number(twice) == [400, -32020])
            #expect(try await number(("no json", Self.json)) == [400, -32700])
            #expect(try await number((#"{"jsonrpc":"1.0"}"#, Self.json)) == [400, -32600])
            #expect(try await number((#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#, Self.json)) == [400, -32600])
        }
    }

    @Test func `a session begins with initialize and ends with DELETE`() async throws {
        try await Self.with { client async throws in
            let hello =
                #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}}"#
            let list = #"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#
            let begun = try await client.send(.post, "/mcp", body: hello, headers: Self.json)
            let id = try #require(begun.headers[try Self.field("mcp-session-id")])
            #expect(id.count == 32)
            var headers = Self.json
            headers[try Self.field("mcp-session-id")] = id
            headers[try Self.field("mcp-protocol-version")] = "2025-11-25"
            let note = #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#
            #expect(try await client.send(.post, "/mcp", body: note, headers: headers).status == 202)
            let listed = try await client.send(.post, "/mcp", body: list, headers: headers)
            #expect(try listed.json["result"]?["tools"]?.array?.count == 3)
            let other = try await client.send(.post, "/mcp", body: hello, headers: Self.json)
            #expect(other.headers[try Self.field("mcp-session-id")] != id)
            var unknown = headers
            unknown[try Self.field("mcp-session-id")] = "none"
            #expect(try await client.send(.post, "/mcp", body: list, headers: unknown).status == 404)
            #expect(try await client.send(.delete, "/mcp", headers: unknown).status == 404)
            #expect(try await client.send(.delete, "/mcp", headers: [:]).status == 400)
            var wrong = headers
            wrong[try Self.field("mcp-protocol-version")] = "2019-01-01"
            #expect(try await client.send(.post, "/mcp", body: list, headers: wrong).status == 400)
            #expect(try await client.send(.delete, "/mcp", headers: headers).status == 204)
            #expect(try await client.send(.post, "/mcp", body: list, headers: headers).status == 404)
        }
    }

    /// The headers of a session of 2025-11-25 that has begun.
    private static func session(_ client: ServerFixture.Client) async throws -> HTTPFields {
        let hello = #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}"#
        let begun = try await client.send(.post, "/mcp", body: hello, headers: json)
        var headers = json
        headers[try field("mcp-session-id")] = begun.headers[try field("mcp-session-id")]
        return headers
    }

    @Test func `a call of a session is taken back by its client`() async throws {
        let (starts, started) = AsyncStream<Void>.makeStream()
        try await Self.with(started: started) { client async throws in
            let headers = try await Self.session(client)
            async let call = client.send(
                .post, "/mcp",
                body: #"{"jsonrpc":"2.0","id":"x","method":"tools/call","params":{"name":"endless"}}"#, headers: headers
            )
            for await _ in starts { break }
            let note = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"x"}}"#
            #expect(try await client.send(.post, "/mcp", body: note, headers: headers).status == 202)
            let ended = try await call
            #expect(!ended.text.contains("never"))
        }
    }

    @Test func `more tools at once than there are places are refused, until one is free`() async throws {
        let (starts, started) = AsyncStream<Void>.makeStream()
        try await Self.with(started: started) { client async throws in
            let headers = try await Self.session(client)
            func call(_ id: Int, _ name: String) async throws -> Int {
                let body =
                    #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(name)","arguments":{}}}"#
                return try await client.send(.post, "/mcp", body: body, headers: headers).status
            }
            try await withThrowingTaskGroup(of: Int.self) { group in
                for id in 100..<116 { group.addTask { try await call(id, "endless") } }
                var running = 0
                for await _ in starts {
                    running += 1
                    if running == 16 { break }
                }
                #expect(try await call(2, "echo") == 429)
                for id in 100..<116 {
                    let note = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":\#(id)}}"#
                    #expect(try await client.send(.post, "/mcp", body: note, headers: headers).status == 202)
                }
                try await group.waitForAll()
            }
            #expect(try await call(3, "echo") == 200)
        }
    }

    @Test func `an answer that takes long comes as events that say so`() async throws {
        try await Self.with { client async throws in
            var (call, headers) = try Self.modern("tools/call", ["name": "slow"])
            let reply = try await client.send(.post, "/mcp", body: call, headers: headers)
            #expect(reply.headers[.contentType]?.hasPrefix("text/event-stream") == true)
            #expect(reply.text.hasPrefix(": waiting\n\n"))
            #expect(reply.text.contains("event: message\ndata: {"))
            #expect(reply.text.contains("at last"))
            // Who takes no events waits for the whole.
            headers[.accept] = "application/json"
            call = try Self.modern("tools/call", ["name": "slow"]).0
            let whole = try await client.send(.post, "/mcp", body: call, headers: headers)
            #expect(try whole.json["result"]?["content"]?.array?.first?["text"] == "at last")
        }
    }

    @Test(arguments: ["http://evil.example", "https://127.0.0.1.evil.example", "null", "file://", "http://[::2]:80"])
    func `a web page of elsewhere is refused`(origin: String) async throws {
        try await Self.with { client async throws in
            var (list, headers) = try Self.modern("tools/list")
            headers[.origin] = origin
            let reply = try await client.send(.post, "/mcp", body: list, headers: headers)
            #expect(reply.status == 403)
            #expect(try reply.json["error"]?["code"] == -32600)
            headers[.origin] = "http://localhost:6274"
            #expect(try await client.send(.post, "/mcp", body: list, headers: headers).status == 200)
            list = ""
        }
    }

    @Test func `methods, sizes and types that are not taken are said`() async throws {
        let options = ServerOptions(maximumBodyBytes: 1000, requestsPerMinutePerClient: nil, verbosity: .errors)
        try await Self.with(options) { client async throws in
            for method in [HTTPRequest.Method.get, .put] {
                let reply = try await client.send(method, "/mcp", headers: [.accept: "text/event-stream"])
                #expect(reply.status == 405)
                #expect(reply.headers[.allow] == "POST, DELETE")
            }
            let (list, headers) = try Self.modern("tools/list", ["x": .string(String(repeating: "y", count: 1000))])
            #expect(try await client.send(.post, "/mcp", body: list, headers: headers).status == 413)
            var other = headers
            other[.contentType] = "text/plain"
            #expect(try await client.send(.post, "/mcp", body: "{}", headers: other).status == 415)
            other = headers
            other[.accept] = "text/html"
            #expect(try await client.send(.post, "/mcp", body: "{}", headers: other).status == 406)
        }
    }

    @Test func `with a token nothing is answered without it`() async throws {
        let options = ServerOptions(
            token: Secret("t0ken"), requestsPerMinutePerClient: nil, verbosity: .errors)
        try await Self.with(options) { client async throws in
            var (list, headers) = try Self.modern("tools/list")
            let refused = try await client.send(.post, "/mcp", body: list, headers: headers)
            #expect(refused.status == 401)
            #expect(refused.headers[.wwwAuthenticate] != nil)
            headers[.authorization] = "Bearer t0ken"
            #expect(try await client.send(.post, "/mcp", body: list, headers: headers).status == 200)
            list = ""
        }
    }

    @Test func `the least used session makes room where there are too many`() {
        let sessions = MCPSessions(time: .system)
        let ids = (0..<300).map { _ in sessions.begin().id }
        #expect(Set(ids).count == 300)
        #expect(ids.filter { sessions.find($0) != nil }.count == 256)
        #expect(sessions.find(ids[299]) != nil)
    }
}
