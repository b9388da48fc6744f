import Base
import HTTPTypes
import RAG
import Testing

@testable import Server

/// Anthropic's messages.
@Suite struct MessagesTests {
    private let path = "/v1/messages"
    private let body = #"{"model": "neo", "max_tokens": 9, "messages": [{"role": "user", "content": "What?"}]}"#

    @Test("A message has what the protocol requires, with the citations beside it")
    func message() async throws {
        let json = try await ServerFixture(other: StreamingService()).post(path, body).json
        #expect(json["type"] == "message" && json["role"] == "assistant" && json["model"] == "my-docs")
        #expect(json["id"]?.string?.hasPrefix("msg_") == true)
        #expect(json["content"]?.array?.first?["type"] == "text")
        #expect(json["content"]?.array?.first?["text"] == "It is the second [2]. It is the first [1, 3].")
        #expect(json["stop_reason"] == "end_turn" && json["stop_sequence"] == .null)
        #expect(json["usage"] == ["input_tokens": 100, "output_tokens": 12])
        #expect(json["citations"]?.array?.count == 3)
        #expect(json["unsupported"] == true && json["abstained"] == false)
    }

    @Test("Events come in the protocol's order")
    func stream() async throws {
        let text = body.replacing("\"max_tokens\"", with: "\"stream\": true, \"max_tokens\"")
        let reply = try await ServerFixture(other: StreamingService()).post(path, text)
        let events = try ReceivedEvents(reply.text)
        #expect(
            events.names == [
                "message_start", "content_block_start", "ping", "content_block_delta", "content_block_delta",
                "content_block_delta", "content_block_stop", "message_delta", "message_stop",
            ])
        #expect(events.data.map { $0["type"]?.string ?? "" } == events.names)
        #expect(
            events.data.compactMap { $0["delta"]?["text"]?.string }.joined()
                == "It is the second [2]. It is the first [1, 3].")
        let delta = try #require(events.data.first { $0["type"] == "message_delta" })
        #expect(delta["usage"]?["output_tokens"] == 12)
        #expect(delta["delta"]?["stop_reason"] == "end_turn")
        #expect(delta["delta"]?["citations"]?.array?.count == 3)
    }

    @Test("A stream that breaks off ends with an error event")
    func broken() async throws {
        let text = body.replacing("\"max_tokens\"", with: "\"stream\": true, \"max_tokens\"")
        let reply = try await ServerFixture(other: StreamingService(middle: .fails)).post(path, text)
        let events = try ReceivedEvents(reply.text)
        #expect(events.names.last == "error")
        #expect(events.data.last?["error"]?["type"] == "api_error")
    }

    @Test("The token may come as x-api-key, here and not elsewhere")
    func key() async throws {
        let fixture = ServerFixture(options: ServerOptions(token: Secret("s3cret"), verbosity: .errors))
        func status(_ path: String, _ key: String, _ body: String) async throws -> Int {
            try await fixture.send(
                .post, path, body: body, headers: [.contentType: "application/json", .apiKey: key]
            ).status
        }
        #expect(try await status(path, "s3cret", body) == 200)
        #expect(try await status(path, "guess", body) == 401)
        #expect(try await status("/v1/answer", "s3cret", #"{"query": "a"}"#) == 401)
    }

    @Test("Errors have the protocol's form, also at the list of models")
    func errors() async throws {
        let text = #"{"model": "neo", "max_tokens": 9, "messages": []}"#
        let reply = try await ServerFixture().post(path, text)
        #expect(reply.status == 400)
        #expect(try reply.json["type"] == "error")
        #expect(try reply.json["error"]?["type"] == "invalid_request_error")
        #expect(try await ServerFixture().post(path, #"{"model": "neo", "messages": []}"#).text.contains("max_tokens"))
        let missing = try await ServerFixture().send(
            .get, "/v1/models/other", headers: [.anthropicVersion: "2023-06-01"])
        #expect(missing.status == 404)
        #expect(try missing.json["error"]?["type"] == "not_found_error")
    }
}
