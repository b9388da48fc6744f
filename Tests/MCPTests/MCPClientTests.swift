import Base
import MCP
import Testing

/// What the client and a server of the later revision say to each other.
@Suite(.timeLimit(.minutes(2))) struct MCPClientTests {
    private static func setting(_ kind: String, seconds: Double = 20) -> MCPServerSetting {
        var setting = MCPServerSetting(
            name: "modern", kind: .program(["python3", TestServer.folder + "/modern_server.py", kind], variables: [:]),
            folder: TestServer.folder)
        setting.seconds = seconds
        return setting
    }

    private static func call(_ kind: String, _ answerer: MCPAnswerer = .nobody) async throws -> JSONValue {
        let text = try await MCPClient.with(setting(kind), answerer: answerer) { try await $0.call("work", [:]).text }
        return try JSONValue(parsing: text)
    }

    @Test func `what is asked is answered, and the request is sent again with its state`() async throws {
        let said = try await Self.call(
            "asks",
            MCPAnswerer { params in
                params["message"] == "Your name?" ? ["action": "accept", "content": ["name": "Ada"]] : nil
            })
        #expect(said["requestState"] == "state-ä-1")
        #expect(
            said["inputResponses"] == [
                "name": ["action": "accept", "content": ["name": "Ada"]], "more": ["action": "decline"],
            ])
        #expect(said["name"] == "work")
        #expect(said["id_is_new"] == true)
        #expect(said["capabilities"] == ["elicitation": ["form": [:]]])
    }

    @Test func `where nobody is there, all is declined, and servers are told so before`() async throws {
        let said = try await Self.call("asks")
        #expect(said["inputResponses"]?["name"] == ["action": "decline"])
        #expect(said["capabilities"] == [:])
    }

    @Test func `who only asks for time gets some`() async throws {
        #expect(try await Self.call("waits")["requestState"] == "later")
    }

    @Test func `who asks again and again gets no answer for ever`() async throws {
        let error = await #expect(throws: MCPError.self) { try await Self.call("always-asks") }
        #expect(error?.message.contains("asked 8 times") == true)
    }

    @Test func `what Neo does not offer is refused`() async throws {
        let error = await #expect(throws: MCPError.self) { try await Self.call("samples") }
        #expect(error?.message.contains("does not offer sampling/createMessage") == true)
    }

    @Test func `a call that took too long is cancelled, and the next is answered`() async throws {
        let text = try await MCPClient.with(Self.setting("hangs", seconds: 2)) { client in
            let error = await #expect(throws: MCPError.self) { try await client.call("work", ["hang": true]) }
            #expect(error?.code == .late)
            return try await client.call("work", [:]).text
        }
        #expect(try JSONValue(parsing: text)["cancelled"]?.array?.count == 1)
    }
}
