import Base
import LanguageModelClients
import LanguageModels
import Retrieval
import Storage
import Testing

@Suite struct EndpointRerankerTests {
    private static func reranker(_ api: ModelEndpoint.API, _ url: String, meter: EndpointMeter? = nil) throws
        -> EndpointReranker
    {
        try EndpointReranker(
            ModelEndpoint(api: api, url: url, model: "tiny"), meter: meter, attempts: 2, seconds: 20, pause: { _ in })
    }

    @Test(arguments: [ModelEndpoint.API.openai, .tei])
    func `Scores come back in the order of the passages`(api: ModelEndpoint.API) async throws {
        let server = LoopbackModel { request, _ in
            let texts = (request.body["documents"] ?? request.body["texts"])?.array?.compactMap(\.string) ?? []
            let rows = texts.enumerated().map { (row: Int, text: String) -> JSONValue in
                ["index": .integer(row), "score": .integer(text.count), "relevance_score": .integer(text.count)]
            }
            return .json(api == .tei ? .array(rows.reversed()) : ["results": .array(rows.reversed())])
        }
        try await server.run { url in
            let passages = (0..<100).map { String(repeating: "x", count: $0) }
            let scores = try await Self.reranker(api, url).scores(of: passages, for: "q")
            #expect(scores == (0..<100).map(Float.init))
            #expect(server.requests.map(\.path) == ["/rerank", "/rerank"])
            #expect(try await Self.reranker(api, url).scores(of: [], for: "q").isEmpty)
        }
    }

    @Test func `Tokens are those that the server counts, unknown where it is silent`() async throws {
        let server = LoopbackModel { request, earlier in
            let rows = (request.body["documents"]?.array ?? []).indices.map { row -> JSONValue in
                ["index": .integer(row), "relevance_score": 1]
            }
            let usage: [JSONValue] = [["total_tokens": 70], .null, ["total_tokens": -5]]
            return .json(["results": .array(rows), "usage": usage[min(earlier, 2)]])
        }
        try await server.run { url in
            let calls = try await EndpointMeterTests.calls(price: 2) { meter async throws in
                let reranker = try Self.reranker(.openai, url, meter: meter)
                #expect(try await reranker.scoresCounting(of: ["a"], for: "q").tokens == 70)
                #expect(try await reranker.scoresCounting(of: ["a"], for: "q").tokens == nil)
                #expect(try await reranker.scoresCounting(of: ["a"], for: "q").tokens == 0)
            }
            // Where the server is silent, the ledger has an estimate, and says so.
            #expect(calls.map { $0.usage?.inputTokens } == [70, 2, 0])
            #expect(calls.map { $0.usage?.isEstimated } == [false, true, false])
        }
    }

    @Test func `A passage without a score is an error, and Ollama cannot rerank`() async throws {
        let server = LoopbackModel { _, _ in .json([["index": 0, "score": 1], ["index": 9, "score": 1]]) }
        try await server.run { url in
            let error = await #expect(throws: EndpointError.self) {
                _ = try await Self.reranker(.tei, url).scores(of: ["a", "b"], for: "q")
            }
            #expect(error?.message.contains("scored 1 of 2") == true)
        }
        #expect(throws: EndpointError.self) { _ = try Self.reranker(.ollama, "http://127.0.0.1:1") }
    }

    @Test func `One connection serves question after question`() async throws {
        let server = LoopbackModel { _, _ in .json(["results": [["index": 0, "relevance_score": 1]]]) }
        try await server.run { url in
            let reranker = try Self.reranker(.openai, url)
            for _ in 0..<5 { _ = try await reranker.scores(of: ["a"], for: "q") }
        }
        #expect(server.requests.count == 5 && server.connections == 1)
    }
}
