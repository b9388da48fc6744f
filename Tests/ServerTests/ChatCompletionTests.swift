import Base
import HTTPTypes
import LanguageModels
import RAG
import Testing

@testable import Server

/// Fields as openai-openapi v2.3.0 names them.
@Suite struct ChatCompletionTests {
    private let path = "/v1/chat/completions"
    private let body = #"{"model": "my-docs", "messages": [{"role": "user", "content": "What?"}]}"#

    private func streamed(_ more: String = "") -> String {
        #"{"model": "neo", "stream": true\#(more), "messages": [{"role": "user", "content": "What?"}]}"#
    }

    @Test("A completion has what the protocol requires, with the citations beside the text")
    func completion() async throws {
        let reply = try await ServerFixture(other: StreamingService()).post(path, body)
        #expect(reply.status == 200)
        let json = try reply.json
        #expect(json["object"] == "chat.completion")
        #expect(json["model"] == "my-docs")
        #expect(json["id"]?.string?.hasPrefix("chatcmpl-") == true)
        #expect((json["created"]?.integer ?? 0) > 1_700_000_000)
        #expect(json["usage"] == ["prompt_tokens": 100, "completion_tokens": 12, "total_tokens": 112])
        let choice = try #require(json["choices"]?.array?.first)
        #expect(choice["index"] == 0 && choice["finish_reason"] == "stop" && choice["logprobs"] == .null)
        let message = try #require(choice["message"])
        #expect(message["role"] == "assistant" && message["refusal"] == .null)
        #expect(message["content"] == "It is the second [2]. It is the first [1, 3].")
        #expect(message["citations"]?.array?.map { $0["number"] } == [2, 1, 3])
        #expect(message["abstained"] == false && message["unsupported"] == true)
        // Only the first document stands on the web.
        let annotation: JSONValue = [
            "type": "url_citation",
            "url_citation": [
                "start_index": 38, "end_index": 44, "url": "https://example.org/a", "title": "Title of a.md",
            ],
        ]
        #expect(message["annotations"] == [annotation])
    }

    @Test("An abstention is an answer that says so, and costs nothing where no model was asked")
    func abstention() async throws {
        let reply = try await ServerFixture(service: FakeService(.abstains)).post(
            path, #"{"model": "neo", "messages": [{"role": "user", "content": "What?"}]}"#)
        let json = try reply.json
        #expect(json["choices"]?.array?.first?["message"]?["content"] == "Too weak.")
        #expect(json["choices"]?.array?.first?["message"]?["abstained"] == true)
        #expect(json["usage"] == ["prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0])
    }

    @Test("Chunks follow the protocol to the letter", arguments: [true, false])
    func stream(includesUsage: Bool) async throws {
        let more = includesUsage ? #", "stream_options": {"include_usage": true}"# : ""
        let reply = try await ServerFixture(other: StreamingService()).post(path, streamed(more))
        #expect(reply.status == 200)
        #expect(reply.headers[.contentType] == "text/event-stream; charset=utf-8")
        let data = try ReceivedEvents(reply.text).data
        #expect(data.last == "[DONE]")
        let chunks = data.dropLast()
        #expect(Set(chunks.map { $0["id"] }).count == 1)
        #expect(chunks.allSatisfy { $0["object"] == "chat.completion.chunk" && $0["created"]?.integer != nil })
        let choices = chunks.compactMap { $0["choices"]?.array?.first }
        let texts = choices.compactMap { $0["delta"]?["content"]?.string }
        #expect(texts == ["", "It is ", "the second [2].", " It is the first [1, 3]."])
        #expect(choices.compactMap { $0["delta"]?["role"] } == ["assistant"])
        #expect(choices.dropLast().allSatisfy { $0["finish_reason"] == .null })
        #expect(choices.last?["finish_reason"] == "stop")
        #expect(choices.last?["delta"]?["citations"]?.array?.count == 3)
        if includesUsage {
            #expect(chunks.last?["choices"] == [])
            #expect(chunks.last?["usage"]?["total_tokens"] == 112)
            #expect(chunks.dropLast().allSatisfy { $0["usage"] == .null })
        } else {
            #expect(chunks.allSatisfy { $0["usage"] == nil })
        }
    }

    @Test("A release without a model streams its quotes")
    func quotes() async throws {
        let reply = try await ServerFixture().post(path, streamed())
        let data = try ReceivedEvents(reply.text).data
        #expect(
            data.compactMap { $0["choices"]?.array?.first?["delta"]?["content"]?.string }.joined()
                == "Second. [1] First. [2] Second again. [1]")
    }

    @Test("What fails before the first word has a status, what fails later ends the stream with an error")
    func failures() async throws {
        let early = try await ServerFixture(service: FakeService(.modelFails(.unreachable))).post(path, streamed())
        #expect(early.status == 502)
        #expect(try early.json["error"]?["type"] == "server_error")
        let late = try await ServerFixture(other: StreamingService(middle: .fails)).post(path, streamed())
        #expect(late.status == 200)
        let data = try ReceivedEvents(late.text).data
        #expect(data.last?["error"]?["code"] == "model_failed")
        #expect(!late.text.contains("[DONE]") && !late.text.contains("10.0.0.7"))
    }

    @Test("An answer that is not written in its time is ended")
    func limit() async throws {
        let options = ServerOptions(answerSeconds: 1, verbosity: .errors)
        func reply(_ body: String) async throws -> Reply {
            try await ServerFixture(options: options, other: StreamingService(middle: .waits(Gate()))).post(path, body)
        }
        #expect(try ReceivedEvents(try await reply(streamed()).text).data.last?["error"]?["code"] == "answer_timeout")
        #expect(try await reply(body).status == 504)
    }

    @Test("A stream says that it is alive while nothing comes")
    func waiting() async throws {
        let options = ServerOptions(answerSeconds: 3, waitingSeconds: 1, verbosity: .errors)
        let fixture = ServerFixture(options: options, other: StreamingService(middle: .waits(Gate())))
        #expect(
            try await fixture.post("/v1/answer", #"{"question": "Which?", "stream": true}"#).text.contains(
                ": waiting\n\n"))
    }

    @Test("The last message of the user is the question, what was said before is its history")
    func conversation() async throws {
        let fixture = ServerFixture()
        let messages = """
            [{"role": "system", "content": "Be a pirate."}, {"role": "developer", "content": [{"type": "text", "text": "x"}]},
             {"role": "user", "content": "A?"}, {"role": "assistant", "content": "B.", "refusal": null},
             {"role": "assistant", "content": null},
             {"role": "user", "content": [{"type": "text", "text": "C"}, {"type": "text", "text": "D?"}]}]
            """
        let reply = try await fixture.post(
            path,
            """
            {"model": "neo", "messages": \(messages), "temperature": 0.3, "max_tokens": 5, "user": "u", "new_field": {},
             "n": 1, "tools": [], "logprobs": false, "response_format": {"type": "text"}, "stop": ["x"], "seed": 4}
            """)
        #expect(reply.status == 200, "\(reply.text)")
        let query = try #require(fixture.service.queries.first)
        #expect(query.text == "C\nD?")
        #expect(query.history == [DialogueTurn(isAnswer: false, text: "A?"), DialogueTurn(isAnswer: true, text: "B.")])
    }

    @Test(
        "What cannot be done is refused in OpenAI's form, by name",
        arguments: [
            (#""n": 2"#, "n"),
            (#""tools": [{"type": "function", "function": {"name": "f", "parameters": {}}}]"#, "tools"),
            (#""functions": [{}]"#, "functions"), (#""logprobs": true"#, "logprobs"),
            (#""response_format": {"type": "json_object"}"#, "response_format"),
            (#""modalities": ["audio"]"#, "modalities"), (#""stream": "yes""#, "stream"),
            (#""stream_options": {"include_usage": 1}"#, "stream_options.include_usage"),
            (#""messages": []"#, "messages"), (#""messages": [{"role": "tool", "content": "a"}]"#, "messages[0].role"),
            (#""messages": [{"role": "assistant", "content": "a"}]"#, "messages"),
            (#""messages": [{"role": "user", "content": [{"type": "image_url"}]}]"#, "messages[0].content[0]"),
            (#""messages": [{"role": "user", "content": 1}]"#, "messages[0].content"),
            (#""messages": [{"role": "user", "content": " "}]"#, "messages"), (#""model": 1"#, "model"),
        ])
    func refused(_ field: String, _ parameter: String) async throws {
        var members = try #require(JSONValue(parsing: body).object)
        members["model"] = "neo"
        for (name, value) in try #require(JSONValue(parsing: "{\(field)}").object) { members[name] = value }
        let reply = try await ServerFixture().post(path, JSONValue.object(members).canonicalText)
        #expect(reply.status == 400)
        let error = try #require(try reply.json["error"]?.object)
        #expect(error.keys.sorted() == ["code", "message", "param", "type"])
        #expect(error["type"] == "invalid_request_error")
        #expect(error["param"]?.string == parameter)
    }

    @Test("A model that is not here is named, with the one that is")
    func unknownModel() async throws {
        let reply = try await ServerFixture(other: StreamingService()).post(
            path, #"{"model": "gpt-4o", "messages": [{"role": "user", "content": "What?"}]}"#)
        #expect(reply.status == 404)
        #expect(reply.errorCode == "model_not_found")
        #expect(reply.errorMessage?.contains("\"my-docs\"") == true)
    }

    @Test("The release is the one model, by its name and as neo")
    func models() async throws {
        let fixture = ServerFixture(other: StreamingService())
        let list = try await fixture.send(.get, "/v1/models").json
        #expect(list["object"] == "list")
        #expect(list["data"]?.array?.map { $0["id"] } == ["my-docs"])
        for name in ["my-docs", "neo"] {
            #expect(try await fixture.send(.get, "/v1/models/\(name)").json["id"] == "my-docs")
        }
        let missing = try await fixture.send(.get, "/v1/models/gpt-4o")
        #expect(missing.status == 404)
        #expect(missing.errorCode == "model_not_found")
        #expect(try await fixture.send(.get, "/v1/models/a/b").json["error"]?["param"] == nil)
    }

    @Test("Other errors have the protocol's form, too")
    func form() async throws {
        let locked = ServerOptions(token: Secret("x"), verbosity: .errors)
        for (reply, status) in [
            (try await ServerFixture().post(path, "{"), 400), (try await ServerFixture().send(.get, path), 405),
            (try await ServerFixture(options: locked).post(path, body), 401),
        ] {
            #expect(reply.status == status)
            #expect(try reply.json["error"]?.object?.keys.sorted() == ["code", "message", "param", "type"])
        }
    }

    @Test("Answers of models are counted by model")
    func metrics() async throws {
        try await ServerFixture(other: StreamingService()).run { client in
            for text in [body, streamed()] {
                _ = try await client.send(.post, path, body: text, headers: [.contentType: "application/json"])
            }
            let metrics = try await client.send(.get, "/metrics").text
            for line in [
                #"neo_model_answers_total{model="tiny",outcome="answered"} 2"#,
                #"neo_model_unsupported_answers_total{model="tiny"} 2"#,
                #"neo_model_tokens_total{model="tiny",type="input"} 200"#,
                #"neo_model_tokens_total{model="tiny",type="output"} 24"#,
                #"neo_answers_total{outcome="answered"} 2"#,
            ] { #expect(metrics.contains(line + "\n"), "\(line)") }
        }
    }
}
