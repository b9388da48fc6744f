import Base
import LanguageModelClients
import LanguageModels
import Retrieval
import Storage
import TestSupport
import Testing

@Suite struct EndpointEmbedderTests {
    /// A vector that tells texts apart: number of characters, 1, 2.
    private static func vector(_ text: String) -> JSONValue { [.integer(text.count), 1, 2] }

    /// Answers as the servers of the three kinds do.
    private static func sound(_ request: LoopbackModel.Received) -> LoopbackModel.Reply {
        let texts = (request.body["input"] ?? request.body["inputs"])?.array?.compactMap(\.string) ?? []
        let vectors = texts.map(vector)
        switch request.path {
        case "/v1/embeddings":
            let rows = vectors.enumerated().map { (row: Int, vector: JSONValue) -> JSONValue in
                ["index": .integer(row), "embedding": vector]
            }
            return .json(["data": .array(rows.reversed()), "usage": ["total_tokens": .integer(10 * texts.count)]])
        case "/api/embed": return .json(["embeddings": .array(vectors), "prompt_eval_count": .integer(texts.count)])
        case "/embed": return .json(.array(vectors))
        default: return .status(404, ["error": "no such path"], retryAfter: nil)
        }
    }

    private static func connect(
        _ api: ModelEndpoint.API, _ url: String, key: String = "", price: Double? = nil,
        meter: EndpointMeter? = nil, pauses: Collected<Double> = Collected()
    ) async throws -> EndpointEmbedder {
        try await EndpointEmbedder.connect(
            to: ModelEndpoint(
                api: api, url: url, model: "tiny", key: Secret(key), dollarsPerMillionTokens: price),
            meter: meter, attempts: 3, seconds: 20, pause: { pauses.add($0) }
        )
    }

    @Test(arguments: [(ModelEndpoint.API.openai, "/v1"), (.ollama, ""), (.tei, "/")])
    func `Vectors come back in the order of the texts, with length 1`(api: ModelEndpoint.API, path: String) async throws
    {
        let server = LoopbackModel { request, _ in Self.sound(request) }
        try await server.run { url in
            let embedder = try await Self.connect(api, url + path)
            #expect(embedder.dimension == 3)
            let texts = (0..<100).map { String(repeating: "x", count: $0) }
            let matrix = try await embedder.encode(texts)
            #expect(matrix.rows == 100)
            for row in 0..<100 {
                let vector = Array(matrix[row: row])
                #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-6)
                #expect(abs(vector[0] / vector[1] - Float(max(row, 1))) < 1e-4)
            }
            // One request to learn the length, then batches of 32.
            #expect(server.requests.count == 5)
            #expect(try await embedder.encode([]).rows == 0)
        }
    }

    @Test func `Tokens are counted and priced, and the key is shown`() async throws {
        let server = LoopbackModel { request, _ in Self.sound(request) }
        try await server.run { url in
            let calls = try await EndpointMeterTests.calls(price: 0.5) { meter async throws in
                let embedder = try await Self.connect(
                    .openai, url + "/v1", key: "sk-secret", price: 0.5, meter: meter)
                _ = try await embedder.encode(["a", "b"])
                #expect(!embedder.identity.contains("secret"))
            }
            #expect(calls.map { $0.usage?.inputTokens } == [10, 20])
            #expect(calls.map(\.dollars) == [0.5 * 10 / 1e6, 0.5 * 20 / 1e6])
            #expect(server.requests.allSatisfy { $0.authorization == "Bearer sk-secret" })
        }
    }

    @Test func `A busy server is asked again, after the time that it asked for`() async throws {
        let pauses = Collected<Double>()
        let server = LoopbackModel { request, earlier in
            earlier < 2 ? .status(429, [:], retryAfter: earlier == 0 ? "7" : "9999") : Self.sound(request)
        }
        try await server.run { url in
            _ = try await Self.connect(.tei, url, pauses: pauses)
            #expect(pauses.all == [7, 60])
        }
    }

    @Test func `Where nobody listens, a request is tried twice and no more`() async throws {
        // The port of a server that has ended.
        let url = try await LoopbackModel { _, _ in .text("") }.run { $0 }
        let pauses = Collected<Double>()
        let error = await #expect(throws: EndpointError.self) {
            _ = try await EndpointEmbedder.connect(
                to: ModelEndpoint(api: .tei, url: url, model: "tiny"), attempts: 5, seconds: 20,
                pause: { pauses.add($0) })
        }
        #expect(error?.code == .unreachable)
        #expect(error?.message.contains("is the server running?") == true)
        #expect(pauses.all.count == 1, "one pause, between two tries")
    }

    @Test(arguments: [
        (
            LoopbackModel.Reply.status(401, ["error": ["message": "bad\nkey"]], retryAfter: nil),
            "bad key; the key is missing or wrong"
        ),
        (.status(404, ["error": "model \"tiny\" not found"], retryAfter: nil), "is the model there"),
        (.status(503, [:], retryAfter: nil), "answered 503"),
        (.status(302, [:], retryAfter: nil), "answered 302"),
        (.text("<html>"), "not JSON"),
        (.json([:]), "0 vectors for 1 texts"),
        (.json(["data": [["index": 0, "embedding": []]]]), "vector of 0 numbers"),
        (.json(["data": [["index": 0, "embedding": ["a", 1]]]]), "not all numbers"),
        (.json(["data": [["index": 7, "embedding": [1, 1]]]]), "vector of 0 numbers"),
    ])
    func `What is no answer gives a sentence`(reply: LoopbackModel.Reply, sentence: String) async throws {
        let server = LoopbackModel { _, _ in reply }
        try await server.run { url in
            let error = await #expect(throws: EndpointError.self) { _ = try await Self.connect(.openai, url + "/v1") }
            #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
        }
    }

    @Test func `A later vector of another length is refused`() async throws {
        let server = LoopbackModel { request, earlier in
            earlier == 0 ? Self.sound(request) : .json([[1, 2]])
        }
        try await server.run { url in
            let embedder = try await Self.connect(.tei, url)
            await #expect(throws: EndpointError.self) { _ = try await embedder.encode(["a"]) }
        }
    }

    @Test func `A key never travels where others can read it`() async throws {
        let endpoint = ModelEndpoint(api: .openai, url: "http://models.example/v1", key: Secret("sk-secret"))
        let error = await #expect(throws: EndpointError.self) { _ = try await EndpointEmbedder.connect(to: endpoint) }
        #expect(error?.message.contains("not encrypted") == true)
        #expect(error?.message.contains("sk-secret") == false)
    }
}
