import Base
import RAG
import Testing

@testable import Server

@Suite struct QuestionRouteTests {
    @Test("Retrieval gives passages under our names and AutoRAG's")
    func retrieve() async throws {
        let fixture = ServerFixture()
        let reply = try await fixture.post("/v1/retrieve", #"{"query": "What?", "k": 1, "filter": {"kind": "guide"}}"#)
        #expect(reply.status == 200)
        let body = try reply.json
        #expect(body["query"] == "What?")
        #expect(body["took_ms"]?.number != nil)
        let expected: JSONValue = [
            "id": "a.md#10-22", "doc_id": "a.md#10-22", "document": "a.md", "filepath": "a.md",
            "title": "Title of a.md",
            "headings": ["Outer", "Inner"], "text": "First. More.", "content": "First. More.", "score": 0.5,
            "similarity": 0.75, "line": 3, "start_idx": 10, "end_idx": 22,
            "metadata": ["kind": "guide", "url": "https://example.org/a"],
        ]
        #expect(body["passages"] == [expected])
        #expect(fixture.service.queries.map(\.limit) == [1])
        #expect(fixture.service.queries.map(\.filter) == [["kind": "guide"]])
    }

    @Test(
        "The number of passages has two names and a default",
        arguments: [
            (#"{"query": "q"}"#, 10), (#"{"query": "q", "k": 3}"#, 3), (#"{"query": "q", "limit": 4}"#, 4),
            (#"{"query": "q", "limit": 4, "k": 4}"#, 4), (#"{"query": "q", "k": null, "filter": null}"#, 10),
            (#"{"query": "q", "k": 5.0}"#, 5),
        ])
    func limit(_ body: String, _ expected: Int) async throws {
        let fixture = ServerFixture()
        #expect(try await fixture.post("/v1/retrieve", body).status == 200)
        #expect(fixture.service.queries.map(\.limit) == [expected])
    }

    @Test("An answer numbers its citations in the order of its quotes", arguments: ["query", "question"])
    func answer(_ field: String) async throws {
        let reply = try await ServerFixture().post("/v1/answer", "{\"\(field)\": \"What?\"}")
        #expect(reply.status == 200)
        let body = try reply.json
        #expect(body["answer"] == "Second. [1] First. [2] Second again. [1]")
        #expect(body["abstained"] == false)
        #expect(body["reason"] == .null)
        #expect(body["quotes"]?.array?.map { $0["citation"] } == [1, 2, 1])
        #expect(body["citations"]?.array?.map { $0["document"] } == ["b.md", "a.md"])
        #expect(body["citations"]?.array?.map { $0["number"] } == [1, 2])
        #expect(body["passages"]?.array?.count == 2)
    }

    @Test("Only addresses of the web become links")
    func links() async throws {
        let body = try await ServerFixture().post("/v1/answer", #"{"query": "What?"}"#).json
        #expect(body["citations"]?.array?.map { $0["url"] } == [nil, "https://example.org/a"])
    }

    @Test("An abstention has a reason and no quotes")
    func abstention() async throws {
        let body = try await ServerFixture(service: FakeService(.abstains)).post("/v1/answer", #"{"query": "What?"}"#)
            .json
        #expect(body["abstained"] == true)
        #expect(body["reason"] == "Too weak.")
        #expect(body["answer"] == "")
        #expect(body["quotes"] == [])
        #expect(body["citations"] == [])
    }

    @Test("The route of AutoRAG takes and gives what its clients know")
    func autoRAG() async throws {
        let reply = try await ServerFixture().post(
            "/v1/run", #"{"query": "What?", "result_column": "generated_texts"}"#)
        #expect(reply.status == 200)
        let body = try reply.json
        #expect(body["result"] == "Second. [1] First. [2] Second again. [1]")
        let second: JSONValue = [
            "content": "Second. Second again.", "doc_id": "b.md#10-31", "score": 0.5, "filepath": "b.md",
            "file_page": 7, "start_idx": 10, "end_idx": 31,
        ]
        #expect(body["retrieved_passage"]?.array?.last == second)
        let abstention = try await ServerFixture(service: FakeService(.abstains)).post(
            "/v1/run", #"{"query": "What?"}"#)
        #expect(try abstention.json["result"] == "Too weak.")
    }

    @Test("A failure of the release tells the client nothing of what is inside")
    func failure() async throws {
        let reply = try await ServerFixture(service: FakeService(.fails)).post("/v1/answer", #"{"query": "my secret"}"#)
        #expect(reply.status == 500)
        #expect(reply.errorCode == "internal")
        #expect(!reply.text.contains("secret"))
    }
}
