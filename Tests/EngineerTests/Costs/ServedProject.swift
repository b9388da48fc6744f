import Base
import Foundation
import LanguageModelClients
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
        let breaksAfter: Int
        /// Hears when so many requests were answered; the next one is never answered.
        let breaking = AsyncStream<Void>.makeStream()

        init(countsTokens: Bool = true, breaksAfter: Int = .max) {
            self.countsTokens = countsTokens
            self.breaksAfter = breaksAfter
        }

        var tokens: Int { state.withLock { $0.tokens } }

        func add(_ texts: [String]) async throws -> Int? {
            if state.withLock({ $0.requests }) >= breaksAfter {
                breaking.continuation.yield()
                for await _ in AsyncStream<Void>.makeStream().stream {}
                throw CancellationError()
            }
            let tokens = texts.reduce(0) { $0 + $1.utf8.count }
            state.withLock { $0 = ($0.requests + 1, $0.tokens + tokens) }
            return countsTokens ? tokens : nil
        }
    }

    struct Encoder: TextEncoder {
        let meter: Meter
        let books: EndpointMeter
        let identity = "served"
        let dimension = 8
        var isServed: Bool { true }

        func encode(_ texts: [String]) async throws -> Matrix { try await encodeQueriesCounting(texts).value }

        func encodeQueriesCounting(_ texts: [String]) async throws -> Counted<Matrix> {
            try await books.measured(texts) { try await answer(texts) }
        }

        private func answer(_ texts: [String]) async throws -> Counted<Matrix> {
            let tokens = try await meter.add(texts)
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
        let books: EndpointMeter
        let identity = "served scorer"
        var isServed: Bool { true }

        func scores(of passages: [String], for query: String) async throws -> [Float] {
            try await scoresCounting(of: passages, for: query).value
        }

        func scoresCounting(of passages: [String], for query: String) async throws -> Counted<[Float]> {
            let texts = passages.flatMap { [query, $0] }
            return try await books.measured(texts) {
                Counted(passages.map { Float($0.count % 7) }, tokens: try await meter.add(texts))
            }
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
        let books = try await Books(project)
        return try await SearchSession.run(
            project, options: options,
            ports: Workspace.Ports(
                storedModel: { _ in throw EndpointSetting.unreachable(EndpointSetting(api: "", url: "")) },
                modelFolder: { _ in throw EndpointSetting.unreachable(EndpointSetting(api: "", url: "")) },
                embedder: { Encoder(meter: meter, books: books.meter("embedding", $0)) },
                reranker: { Scorer(meter: meter, books: books.meter("reranker", $0)) }, threads: 1), onEvent: onEvent)
    }

    /// Its ledger, as a process of its own opens it.
    func ledger() async throws -> CallLedger {
        try await CallLedger(NeoDatabase(path: Project(opening: folder).databasePath))
    }

    /// What the embedder and the reranker are asked, written down.
    struct Books {
        private let ledger: CallLedger

        init(_ project: Project) async throws {
            try project.prepareStateFolder()
            ledger = try await CallLedger(NeoDatabase(path: project.databasePath))
        }

        func meter(_ role: String, _ setting: EndpointSetting) -> EndpointMeter {
            var limits = CallMeter.Limits()
            limits.allowsUnknownPrice = true
            return EndpointMeter(
                CallMeter(
                    ledger, CallPurpose(project: "p", role: role), endpoint: setting.url, model: setting.model ?? "",
                    price: EndpointMeter.price(setting.price), limits: limits, diagnostics: DiagnosticCollector()))
        }
    }
}
