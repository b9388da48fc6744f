internal import Base
package import Downloads
package import Retrieval
internal import Telemetry

/// Scores passages for a query by asking a server.
package struct EndpointReranker: PairScorer {
    /// How many passages go into one request.
    private static let batch = 64

    package let identity: String
    private let client: EndpointClient
    private let meter: EndpointMeter?

    /// A reranker; nothing is asked yet.
    ///
    /// - Parameter meter: writes each request down; nil for nowhere.
    /// - Throws: `EndpointError` for Ollama, which has no such request.
    package init(
        _ endpoint: ModelEndpoint, meter: EndpointMeter? = nil, proxies: ProxySettings = ProxySettings(),
        attempts: Int = 5, seconds: Int64 = 120,
        pause: @escaping @Sendable (_ seconds: Double) async throws -> Void = {
            try await Task.sleep(for: .seconds($0))
        }
    ) throws(EndpointError) {
        guard endpoint.api != .ollama else {
            throw EndpointError(
                .settings, "Ollama does not rerank; name an endpoint of kind openai (Cohere, Jina, vLLM) or tei.")
        }
        identity = "rerank:\(endpoint.identity)"
        client = EndpointClient(
            endpoint: endpoint, proxies: proxies, attempts: attempts, seconds: seconds, pause: pause)
        self.meter = meter
    }

    /// How well each passage answers the query; greater is better.
    @concurrent
    package func scores(of passages: [String], for query: String) async throws -> [Float] {
        try await scoresCounting(of: passages, for: query).value
    }

    package var isServed: Bool { true }

    @concurrent
    package func scoresCounting(of passages: [String], for query: String) async throws -> Counted<[Float]> {
        var result: [Counted<[Float]>] = []
        for start in stride(from: 0, to: passages.count, by: Self.batch) {
            try Task.checkCancellation()
            result.append(
                try await request(Array(passages[start..<min(start + Self.batch, passages.count)]), query))
        }
        return Counted(result.flatMap(\.value), tokens: TokenSum.of(result.map(\.tokens)))
    }

    private func request(_ passages: [String], _ query: String) async throws -> Counted<[Float]> {
        guard let meter else { return try await traced(passages, query) }
        // Each passage is read together with the query.
        return try await meter.measured(passages.flatMap { [query, $0] }) { try await traced(passages, query) }
    }

    private func traced(_ passages: [String], _ query: String) async throws -> Counted<[Float]> {
        let model = client.endpoint
        return try await withOperation(.rerank, model.model, isRemote: true, model.served.attributes) { operation in
            let scores = try await ask(passages, query)
            operation?.count(scores.tokens, .inputTokens, type: "input")
            return scores
        }
    }

    private func ask(_ passages: [String], _ query: String) async throws -> Counted<[Float]> {
        let texts = JSONValue.array(passages.map { .string($0) })
        let rows: [JSONValue]
        let key: String
        let tokens: Int?
        switch client.endpoint.api {
        case .tei:
            let body: JSONValue = ["query": .string(query), "texts": texts, "truncate": true, "raw_scores": true]
            rows = try await client.post("/rerank", body).array ?? []
            key = "score"
            tokens = nil
        default:
            var body: [String: JSONValue] = [
                "query": .string(query), "documents": texts, "top_n": .integer(passages.count),
            ]
            body["model"] = client.endpoint.model.map { .string($0) }
            let reply = try await client.post("/rerank", .object(body))
            rows = reply["results"]?.array ?? []
            key = "relevance_score"
            tokens = reply["usage"]?["total_tokens"]?.integer
        }
        var scores = [Float?](repeating: nil, count: passages.count)
        for row in rows {
            guard let index = row["index"]?.integer, scores.indices.contains(index),
                let score = row[key]?.number, score.isFinite
            else { continue }
            scores[index] = Float(score)
        }
        let known = scores.compactMap { $0 }
        guard known.count == passages.count else {
            throw EndpointError(
                .answer, "\(client.endpoint.url) scored \(known.count) of \(passages.count) passages.")
        }
        return Counted(known, tokens: tokens.map { max(0, $0) })
    }
}
