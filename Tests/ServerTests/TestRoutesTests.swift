import Base
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import RAG
import Retrieval
import Testing

@testable import Server

@Suite struct TestRoutesTests {
    private func run(
        options: ServerOptions = ServerOptions(waitingSeconds: 280, verbosity: .errors), isTested: Bool = true,
        _ test: @Sendable (ServerFixture.Client) async throws -> Void
    ) async throws {
        var assembly = ServerAssembly(service: FakeService(), options: options)
        assembly.readiness.becomeReady()
        if isTested { assembly.tested = TestMode { Counting(documents: $0.count) } }
        let application = Application(responder: assembly.responder, logger: assembly.logger)
        try await application.test(.router) { try await test(ServerFixture.Client(client: $0)) }
    }

    private let json: HTTPFields = [.contentType: "application/json"]

    @Test func `documents are added in memory, asked about and taken away`() async throws {
        try await run { client async throws in
            func ask(_ more: String = "") async throws -> String? {
                try await client.send(.post, "/ask", body: "{\"query\": \"What?\"\(more)}", headers: json).json[
                    "answer"]?.string
            }
            let before = try await ask()
            #expect(
                try await client.send(
                    .post, "/documents", body: #"{"documents": ["a", {"id": "b", "text": "c"}]}"#, headers: json
                ).json["added"] == 2)
            // The same name again is another text of it, and no further document.
            #expect(
                try await client.send(
                    .post, "/documents", body: #"{"documents": [{"id": "b", "text": "d"}]}"#, headers: json
                ).json["added"] == 2)
            #expect(try await ask() == "2 documents [1]")
            #expect(try await ask(#", "context": ["e"]"#) == "3 documents [1]")
            #expect(try await ask() == "2 documents [1]")
            #expect(try await client.send(.post, "/reset", body: "{}", headers: json).status == 200)
            #expect(try await ask() == before)
        }
    }

    @Test func `without the test mode there are no such paths, and with a token they need it`() async throws {
        try await run(isTested: false) { client async throws in
            for path in TestRoutes.paths {
                #expect(try await client.send(.post, path, body: "{}", headers: json).status == 404)
            }
        }
        try await run(options: ServerOptions(token: Secret("t"), verbosity: .errors)) { client async throws in
            for path in TestRoutes.paths {
                #expect(try await client.send(.post, path, body: "{}", headers: json).status == 401)
            }
        }
    }

    @Test(arguments: [
        ("/ask", "{}"), ("/ask", #"{"query": " "}"#), ("/ask", #"{"query": 3}"#), ("/documents", "{}"),
        ("/documents", #"{"documents": []}"#), ("/documents", #"{"documents": [3]}"#),
        ("/documents", #"{"documents": "x"}"#),
    ])
    func `what makes no sense is refused in a sentence`(path: String, body: String) async throws {
        try await run { client async throws in
            let reply = try await client.send(.post, path, body: body, headers: json)
            #expect(reply.status == 422 && reply.errorMessage?.isEmpty == false)
        }
    }

    @Test func `no more documents are taken than fit, and other machines never`() async throws {
        let desk = TestDesk(TestMode { _ in FakeService() }, service: FakeService())
        await #expect(throws: RequestFailure.self) { try await desk.add((0...1000).map { _ in (nil, "x") }) }
        await #expect(throws: RequestFailure.self) {
            try await desk.add([(nil, String(repeating: "x", count: 9 << 20))])
        }
        let mode = TestMode { _ in FakeService() }
        #expect(throws: ServerError.self) { try mode.validate(ServerOptions(host: "0.0.0.0", token: Secret("t"))) }
        try mode.validate(ServerOptions())
    }
}

/// Says how many documents were added.
private struct Counting: QueryService {
    var documents: Int
    let summary: [String: JSONValue] = [:]

    func retrieve(_ query: Query) async throws -> [RetrievedPassage] {
        [
            RetrievedPassage(
                id: "p", document: DocumentID("d"), title: "", headings: [], text: "x", range: 0..<1, line: 1, score: 1)
        ]
    }

    func answer(_ query: Query) async throws -> Answer {
        Answer(
            abstained: false, quotes: [.init(text: "\(documents) documents", passage: 0, range: 0..<1, line: 1)],
            passages: try await retrieve(query))
    }
}
