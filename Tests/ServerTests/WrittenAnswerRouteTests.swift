import Base
import HTTPTypes
import LanguageModels
import RAG
import Testing

@testable import Server

@Suite struct WrittenAnswerRouteTests {
    @Test("An answer that a model wrote has its text, and each number leads to a sentence")
    func written() async throws {
        let body = try await ServerFixture(service: FakeService(.writes)).post("/v1/answer", #"{"query": "What?"}"#)
            .json
        #expect(body["answer"] == "It is the second [2]. It is the first [1, 3].")
        #expect(body["model"] == "tiny")
        #expect(body["unsupported"] == true)
        #expect(body["cut"] == false)
        #expect(body["read_passages"] == 2)
        let citations = try #require(body["citations"]?.array)
        let second: JSONValue = [
            "number": 2, "passage": "b.md#10-31", "document": "b.md", "title": "Title of b.md",
            "headings": ["Outer", "Inner"], "line": 4, "start_idx": 18, "end_idx": 31, "text": "Second again.",
            "supported": true,
        ]
        #expect(citations[0] == second)
        // Nothing in the passage comes near: the whole of it is what one has to read.
        #expect(citations[1]["text"] == "First. More.")
        #expect(citations[1]["start_idx"] == 10)
        #expect(citations[1]["supported"] == false)
        #expect(citations[1]["url"] == "https://example.org/a")
        #expect(citations[2] == ["number": 3, "supported": false])
        #expect(body["quotes"] == [["text": "Second again.", "citation": 2]])
    }

    @Test("AutoRAG's form has it, too")
    func autoRAG() async throws {
        let body = try await ServerFixture(service: FakeService(.writes)).post("/v1/run", #"{"query": "What?"}"#).json
        #expect(body["result"] == "It is the second [2]. It is the first [1, 3].")
        #expect(body["unsupported"] == true)
    }

    @Test("With stream the text comes as it is written, and the whole answer behind it")
    func streamed() async throws {
        let question = #"{"query": "What?", "stream": true}"#
        let reply = try await ServerFixture(other: StreamingService()).post("/v1/answer", question)
        #expect(reply.headers[.contentType] == "text/event-stream; charset=utf-8")
        let events = try ReceivedEvents(reply.text)
        #expect(events.names == ["text", "text", "text", "answer"])
        let text = events.data.dropLast().compactMap { $0["text"]?.string }
        #expect(text == ["It is ", "the second [2].", " It is the first [1, 3]."])
        let whole = try await ServerFixture(other: StreamingService()).post("/v1/answer", #"{"query": "What?"}"#)
        #expect(try events.data.last == whole.json)
        // Quotes are there at once.
        let quotes = try ReceivedEvents(try await ServerFixture().post("/v1/answer", question).text)
        #expect(quotes.names == ["text", "answer"])
        #expect(quotes.data.last?["quotes"]?.array?.isEmpty == false)
    }

    @Test("A stream that breaks off says so and nothing of what is behind it; one that cannot begin has a status")
    func brokenStream() async throws {
        let question = #"{"query": "What?", "stream": true}"#
        let reply = try await ServerFixture(other: StreamingService(middle: .fails)).post("/v1/answer", question)
        let events = try ReceivedEvents(reply.text)
        #expect(events.names == ["text", "text", "error"])
        #expect(events.data.last?["error"]?["code"] == "model_failed")
        #expect(!reply.text.contains("10.0.0.7"))
        let busy = try await ServerFixture(service: FakeService(.modelFails(.rateLimited))).post("/v1/answer", question)
        #expect(busy.status == 503 && busy.errorCode == "model_busy")
        let wrong = try await ServerFixture().post("/v1/answer", #"{"query": "What?", "stream": "yes"}"#)
        #expect(wrong.status == 422 && wrong.errorMessage == "\"stream\" must be true or false.")
    }

    @Test("Answers made of quotes keep their form")
    func quotes() async throws {
        let body = try await ServerFixture().post("/v1/answer", #"{"query": "What?"}"#).json
        #expect(
            body.object?.keys.sorted() == ["abstained", "answer", "citations", "passages", "quotes", "reason"])
        #expect(body["citations"]?.array?.first?["supported"] == nil)
    }

    @Test("The turns before a question come with it", arguments: ["/v1/answer", "/v1/run"])
    func history(_ path: String) async throws {
        let fixture = ServerFixture()
        let turns =
            #"[{"role": "user", "content": "A?"}, {"role": "assistant", "content": "B."}]"#
        #expect(try await fixture.post(path, "{\"query\": \"And?\", \"history\": \(turns)}").status == 200)
        #expect(
            fixture.service.queries.map(\.history) == [
                [DialogueTurn(isAnswer: false, text: "A?"), DialogueTurn(isAnswer: true, text: "B.")]
            ])
        #expect(try await fixture.post(path, #"{"query": "And?", "history": null}"#).status == 200)
    }

    @Test("Of a long conversation the last turns are read")
    func longHistory() {
        let turns = (0..<50).map { DialogueTurn(isAnswer: !$0.isMultiple(of: 2), text: "\($0)") }
        #expect(DialogueHistory(turns, maximumCharacters: 1000).turns.map(\.text) == (30..<50).map { "\($0)" })
        #expect(DialogueHistory(turns, maximumCharacters: 5).turns.map(\.text) == ["48", "49"])
    }

    @Test(
        "A history that is none is refused with its form",
        arguments: [
            #""no""#, "[1]", #"[{"role": "system", "content": ""}]"#, #"[{"role": "user"}]"#,
            #"[{"role": "user", "content": "", "name": "x"}]"#,
        ])
    func badHistory(_ history: String) async throws {
        let reply = try await ServerFixture().post("/v1/answer", "{\"query\": \"a\", \"history\": \(history)}")
        #expect(reply.status == 422)
        #expect(reply.errorMessage?.contains("\"history\" must be a list") == true)
    }

    @Test(
        "A model that fails is told from a server that fails, and nothing of it is told",
        arguments: [
            (LanguageModelError.Code.unreachable, 502, "model_failed"), (.contextTooLong, 422, "context_too_long"),
            (.rateLimited, 503, "model_busy"),
        ])
    func failures(_ code: LanguageModelError.Code, _ status: Int, _ name: String) async throws {
        let reply = try await ServerFixture(service: FakeService(.modelFails(code))).post(
            "/v1/answer", #"{"query": "my secret"}"#)
        #expect(reply.status == status)
        #expect(reply.errorCode == name)
        #expect(!reply.text.contains("10.0.0.7") && !reply.text.contains("secret"))
    }
}
