internal import Base
package import Downloads
package import Retrieval
internal import Telemetry
internal import Tracing

/// Turns texts into vectors by asking a server.
package struct EndpointEmbedder: TextEncoder {
    /// How many texts go into one request; 32 is what text-embeddings-inference takes by default.
    private static let batch = 32
    /// How many requests are under way at a time.
    private static let requestsAtOnce = 4

    package let identity: String
    package let dimension: Int
    private let client: EndpointClient
    private let meter: EndpointMeter?

    /// Asks the server for the vector of a word, to learn how long its vectors are.
    ///
    /// - Parameter meter: writes each request down; nil for nowhere.
    /// - Throws: `EndpointError` with a sentence where the server does not answer as it should.
    @concurrent
    package static func connect(
        to endpoint: ModelEndpoint, meter: EndpointMeter? = nil, proxies: ProxySettings = ProxySettings(),
        attempts: Int = 5, seconds: Int64 = 120,
        pause: @escaping @Sendable (_ seconds: Double) async throws -> Void = {
            try await Task.sleep(for: .seconds($0))
        }
    ) async throws -> EndpointEmbedder {
        let client = EndpointClient(
            endpoint: endpoint, proxies: proxies, attempts: attempts, seconds: seconds, pause: pause)
        let probe = try await request(["dimension"], by: client, meter: meter, dimension: nil)
        let dimension = probe.value.count
        return EndpointEmbedder(
            identity: "\(endpoint.identity)#\(dimension)", dimension: dimension, client: client, meter: meter)
    }

    private init(identity: String, dimension: Int, client: EndpointClient, meter: EndpointMeter?) {
        self.identity = identity
        self.dimension = dimension
        self.client = client
        self.meter = meter
    }

    package var isServed: Bool { true }

    @concurrent
    package func encode(_ texts: [String]) async throws -> Matrix { try await encodeQueriesCounting(texts).value }

    @concurrent
    package func encodeQueriesCounting(_ texts: [String]) async throws -> Counted<Matrix> {
        let starts = Array(stride(from: 0, to: texts.count, by: Self.batch))
        var parts = [Counted<[Float]>](repeating: Counted([], tokens: nil), count: starts.count)
        try await withThrowingTaskGroup(of: (part: Int, values: Counted<[Float]>).self) { group in
            func add(_ part: Int) {
                let slice = Array(texts[starts[part]..<min(starts[part] + Self.batch, texts.count)])
                group.addTask {
                    (part, try await Self.request(slice, by: client, meter: meter, dimension: dimension))
                }
            }
            var next = 0
            while next < min(Self.requestsAtOnce, starts.count) {
                add(next)
                next += 1
            }
            while let done = try await group.next() {
                parts[done.part] = done.values
                if next < starts.count {
                    add(next)
                    next += 1
                }
            }
        }
        return Counted(
            Matrix(columns: dimension, values: parts.flatMap(\.value)), tokens: TokenSum.of(parts.map(\.tokens)))
    }

    /// The vectors of some texts, one behind the other, each scaled to length 1.
    private static func request(
        _ texts: [String], by client: EndpointClient, meter: EndpointMeter?, dimension: Int?
    ) async throws -> Counted<[Float]> {
        guard let meter else { return try await traced(texts, by: client, dimension: dimension) }
        return try await meter.measured(texts) { try await traced(texts, by: client, dimension: dimension) }
    }

    private static func traced(
        _ texts: [String], by client: EndpointClient, dimension: Int?
    ) async throws -> Counted<[Float]> {
        let model = client.endpoint
        return try await withOperation(
            .embeddings, model.model, isRemote: true, model.served.attributes
        ) { operation in
            let vectors = try await ask(texts, by: client, dimension: dimension)
            operation?.set(.encodingFormats, .stringArray(["float"]))
            operation?.set(.dimensionCount, vectors.value.count / max(texts.count, 1))
            operation?.count(vectors.tokens, .inputTokens, type: "input")
            return vectors
        }
    }

    private static func ask(
        _ texts: [String], by client: EndpointClient, dimension: Int?
    ) async throws -> Counted<[Float]> {
        // Servers refuse texts without a character.
        let input = JSONValue.array(texts.map { .string($0.isEmpty ? " " : $0) })
        let model = client.endpoint.model.map { JSONValue.string($0) }
        let rows: [JSONValue?]
        let tokens: Int?
        switch client.endpoint.api {
        case .openai:
            var body: [String: JSONValue] = ["input": input, "encoding_format": "float"]
            body["model"] = model
            let reply = try await client.post("/embeddings", .object(body))
            rows = inOrder(reply["data"]?.array ?? [], count: texts.count).map { $0?["embedding"] }
            tokens = reply["usage"]?["total_tokens"]?.integer ?? reply["usage"]?["prompt_tokens"]?.integer
        case .ollama:
            var body: [String: JSONValue] = ["input": input, "truncate": true]
            body["model"] = model
            let reply = try await client.post("/api/embed", .object(body))
            rows = reply["embeddings"]?.array ?? []
            tokens = reply["prompt_eval_count"]?.integer
        case .tei:
            let reply = try await client.post("/embed", ["inputs": input, "truncate": true])
            rows = reply.array ?? []
            tokens = nil
        }
        guard rows.count == texts.count else {
            throw EndpointError(
                .answer, "\(client.endpoint.url) answered \(rows.count) vectors for \(texts.count) texts.")
        }
        let length = dimension ?? rows.first??.array?.count ?? 0
        var values: [Float] = []
        values.reserveCapacity(rows.count * length)
        for row in rows {
            guard let numbers = row?.array, numbers.count == length, length > 0 else {
                throw EndpointError(
                    .answer,
                    "\(client.endpoint.url) answered with a vector of \(row?.array?.count ?? 0) numbers where "
                        + "\(length) were expected.")
            }
            values += try unit(numbers, client)
        }
        return Counted(values, tokens: tokens.map { max(0, $0) })
    }

    /// OpenAI's rows say which text they belong to.
    private static func inOrder(_ rows: [JSONValue], count: Int) -> [JSONValue?] {
        var result = [JSONValue?](repeating: nil, count: count)
        for (position, row) in rows.enumerated() {
            let index = row["index"]?.integer ?? position
            if result.indices.contains(index) { result[index] = row }
        }
        return rows.count == count ? result : rows.map(Optional.some)
    }

    private static func unit(_ numbers: [JSONValue], _ client: EndpointClient) throws -> [Float] {
        let values = numbers.map { $0.number ?? .nan }
        let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard norm.isFinite else {
            throw EndpointError(.answer, "\(client.endpoint.url) answered with a vector that is not all numbers.")
        }
        return values.map { Float($0 / (norm > 0 ? norm : 1)) }
    }
}
