import Base
import MCP
import Testing

/// What a server may do wrong, and what becomes of it.
@Suite(.timeLimit(.minutes(2))) struct HostileServerTests {
    private static func call(_ kind: String, seconds: Double = 20) async throws -> String {
        try await MCPClient.with(TestServer.hostile(kind, seconds: seconds)) { client in
            try await client.call("work", [:]).text
        }
    }

    private static func list(_ kind: String) async throws -> MCPToolList {
        try await MCPClient.with(TestServer.hostile(kind)) { try await $0.tools() }
    }

    @Test func `an answer under another id is nobody's`() async throws {
        let (text, figures) = try await MCPClient.with(TestServer.hostile("wrong-id")) { client in
            (try await client.call("work", [:]).text, client.figures)
        }
        #expect(text == "yours")
        #expect(figures.unknownAnswers == 2)
    }

    @Test func `a server that never answers is late, and the next call still works`() async throws {
        let error = await #expect(throws: MCPError.self) { try await Self.call("never", seconds: 1) }
        #expect(error?.code == .late)
    }

    @Test func `a server that crashes says what it said last, and is started again`() async throws {
        let (first, tools) = try await MCPClient.with(TestServer.hostile("crash")) { client in
            let error = await #expect(throws: MCPError.self) { try await client.call("work", [:]) }
            return (error, try await client.tools())
        }
        #expect(first?.message.contains("about to crash") == true)
        #expect(tools.tools.map(\.name) == ["work"])
    }

    @Test func `a line of a gigabyte ends the server, and fills no memory`() async throws {
        let error = await #expect(throws: MCPError.self) { try await Self.call("long-line") }
        #expect(error?.message.contains("line of more than 16 MB") == true, "\(String(describing: error))")
    }

    @Test func `a flood of logs and notifications drowns no answer`() async throws {
        let (text, figures) = try await MCPClient.with(TestServer.hostile("flood")) { client in
            (try await client.call("work", [:]).text, client.figures)
        }
        #expect(text == "behind the flood")
        #expect(figures.notifications == 20_000)
    }

    @Test func `what is no message is counted and passed over`() async throws {
        let (text, figures) = try await MCPClient.with(TestServer.hostile("garbage")) { client in
            (try await client.call("work", [:]).text, client.figures)
        }
        #expect(text == "behind the garbage")
        #expect(figures.malformed == 4)
    }

    @Test(arguments: ["endless", "circle"])
    func `a list without end has one`(kind: String) async throws {
        let list = try await Self.list(kind)
        #expect(list.tools.count <= 1_000 && list.tools.count >= 2)
        #expect(list.remarks.last?.contains("without end") == true)
    }

    @Test func `a tool that is listed twice is the first one`() async throws {
        let list = try await Self.list("renamed")
        #expect(list.tools.map(\.name) == ["one", "two"])
        #expect(list.remarks.count == 2)
    }

    @Test func `a schema that recurses is cut off`() async throws {
        let list = try await Self.list("recursive")
        #expect(list.tools.first?.schema.json["properties"]?["next"]?["properties"]?["next"] == [:])
        #expect(list.remarks == ["The schema of hostile's deep leads back to itself, and was cut off."])
    }

    @Test func `tools with names that are none are left out`() async throws {
        let list = try await Self.list("names")
        #expect(list.tools.map(\.name) == ["fine"])
        #expect(list.remarks.count == 3)
    }

    @Test(arguments: ["lying"])
    func `a list that is none is said`(kind: String) async throws {
        await #expect(throws: MCPError.self) { try await Self.list(kind) }
    }

    @Test func `a block of content without its text is no result`() async throws {
        await #expect(throws: MCPError.self) { try await Self.call("half") }
    }

    @Test func `what a server asks is declined where nobody is there`() async throws {
        #expect(try await Self.call("asking") == "decline")
    }

    @Test func `what a server asks is answered where somebody is there`() async throws {
        let answerer = MCPAnswerer { params in
            ["action": params["message"] == "Your name?" ? "accept" : "cancel", "content": [:]]
        }
        let text = try await MCPClient.with(TestServer.hostile("asking"), answerer: answerer) { client in
            try await client.call("work", [:]).text
        }
        #expect(text == "accept")
    }

    @Test func `a program that is not there is said`() async throws {
        let setting = MCPServerSetting(
            name: "none", kind: .program(["no-such-program-here"], variables: [:]), folder: "/tmp")
        let error = await #expect(throws: MCPError.self) { try await MCPClient.with(setting) { try await $0.facts() } }
        #expect(error?.message.contains("there is no program no-such-program-here") == true)
    }
}
