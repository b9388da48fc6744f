import Base
import Foundation
import Retrieval
import Storage
import Synchronization
import TestSupport

@testable import Engineer

/// A project whose encoder and reranker are served by nobody but this test, at two dollars a million tokens, and a token
/// is a byte.
struct ServedProject {
    let folder: String
    let meter = Meter()

    /// What was asked.
    final class Meter: Sendable {
        private let state = Mutex((requests: 0, tokens: 0))
        let countsTokens: Bool

        init(countsTokens: Bool = true) { self.countsTokens = countsTokens }

        var tokens: Int { state.withLock { $0.tokens } }

        func add(_ texts: [String]) -> Int? {
            let tokens = texts.reduce(0) { $0 + $1.utf8.count }
            state.withLock { $0 = ($0.requests + 1, $0.tokens + tokens) }
            return countsTokens ? tokens : nil
        }

        func use(price: Double?) -> ModelUse {
            state.withLock { state in
                ModelUse(
                    model: "served", requests: state.requests, uncountedRequests: countsTokens ? 0 : state.requests,
                    tokens: state.tokens, dollars: price.map { $0 * Double(state.tokens) / 1e6 })
            }
        }
    }

    struct Encoder: TextEncoder {
        let meter: Meter
        let identity = "served"
        let dimension = 8
        var isServed: Bool { true }

        func encode(_ texts: [String]) async throws -> Matrix { try await encodeQueriesCounting(texts).value }

        func encodeQueriesCounting(_ texts: [String]) async throws -> Counted<Matrix> {
            let tokens = meter.add(texts)
            let values = texts.flatMap { text -> [Float] in
                var row = [Float](repeating: 0.01, count: dimension)
                for byte in text.utf8 { row[Int(byte) % dimension] += 1 }
                let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
                return row.map { $0 / norm }
            }
            return Counted(Matrix(columns: dimension, values: values), tokens: tokens)
        }
    }

    struct Scorer: PairScorer {
        let meter: Meter
        let identity = "served scorer"
        var isServed: Bool { true }

        func scores(of passages: [String], for query: String) async throws -> [Float] {
            try await scoresCounting(of: passages, for: query).value
        }

        func scoresCounting(of passages: [String], for query: String) async throws -> Counted<[Float]> {
            let tokens = meter.add(passages.flatMap { [query, $0] })
            return Counted(passages.map { Float($0.count % 7) }, tokens: tokens)
        }
    }

    /// A folder with three documents and three questions.
    ///
    /// - Parameters:
    ///   - price: what `neo.yaml` says that a million tokens cost; nil where it says nothing.
    ///   - yaml: more of `neo.yaml`.
    static func with(
        price: Double? = 2, yaml: String = "", _ body: (ServedProject) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder async throws in
            let project = ServedProject(folder: folder)
            try project.write("docs/tea.md", "# Tea\n\nSteep green tea for two minutes at eighty degrees.\n")
            try project.write("docs/coffee.md", "# Coffee\n\nA moka pot wants a fine grind and a low flame.\n")
            try project.write("docs/water.md", "# Water\n\nA filter takes the lime out of hard water.\n")
            try project.write(
                "golden.jsonl",
                """
                {"id": "t", "question": "How long does green tea steep?", "evidence": [{"document": "tea.md", "quote": "Steep green tea for two minutes"}]}
                {"id": "c", "question": "What grind does a moka pot want?", "evidence": [{"document": "coffee.md", "quote": "A moka pot wants a fine grind"}]}
                {"id": "w", "question": "What takes lime out of water?", "evidence": [{"document": "water.md", "quote": "A filter takes the lime out"}]}

                """)
            let served = "api: openai, url: \"http://127.0.0.1:1\"\(price.map { ", price: \($0)" } ?? "")"
            try project.write(
                "neo.yaml",
                """
                documents: ["docs/*.md"]
                encoder: {\(served), model: e}
                reranker: {\(served), model: r}
                \(yaml)

                """)
            try await body(project)
        }
    }

    func write(_ path: String, _ text: String) throws {
        let url = URL(filePath: "\(folder)/\(path)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: "\(folder)/\(path)") }

    /// Searches; every call is a process of its own.
    func search(
        _ meter: Meter = Meter(), options: SearchOptions = SearchOptions(),
        onEvent: @escaping @Sendable (SearchEvent) -> Void = { _ in }
    ) async throws -> SearchResults {
        var options = options
        options.finalists.requests = options.finalists.requests == 200 ? 5 : options.finalists.requests
        let project = try Project(opening: folder)
        let price = ServingCost(project.file).prices["e"]
        return try await SearchSession.run(
            project, options: options,
            ports: Workspace.Ports(
                storedModel: { _ in throw EndpointSetting.unreachable(EndpointSetting(api: "", url: "")) },
                modelFolder: { _ in throw EndpointSetting.unreachable(EndpointSetting(api: "", url: "")) },
                embedder: { _ in Encoder(meter: meter) }, reranker: { _ in Scorer(meter: meter) },
                uses: { [meter.use(price: price)] }, threads: 1), onEvent: onEvent)
    }
}
