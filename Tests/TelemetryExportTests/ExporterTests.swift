import Base
import Telemetry
import TestSupport
import Testing
import Tracing

@testable import TelemetryExport

/// What becomes of spans when the collector is well, and when it is not. The work is done in any case.
@Suite(.timeLimit(.minutes(5))) struct ExporterTests {
    private static func settings(_ url: String, _ more: [String: String] = [:]) throws -> ExportSettings {
        // A machine that builds and tests all at once may take long for a request to itself.
        var environment = [
            "OTEL_EXPORTER_OTLP_ENDPOINT": url, "OTEL_EXPORTER_OTLP_PROTOCOL": "http/json",
            "OTEL_EXPORTER_OTLP_TIMEOUT": "200000",
        ]
        environment.merge(more) { $1 }
        return try #require(try ExportSettings(environment: environment, version: "1"))
    }

    /// Does some work, and gives what was complained of.
    private static func work(
        _ settings: ExportSettings, spans: Int = 1, timing: ExportTiming = ExportTiming(closingSeconds: 200),
        then body: @escaping @Sendable () async throws -> Void = {}
    ) async throws -> [String] {
        let troubles = Collected<String>()
        let onTrouble: @Sendable (String) -> Void = { troubles.add($0) }
        let done = try await withTelemetryExport(settings, timing: timing, onTrouble: onTrouble) {
            for number in 0..<spans {
                try await withOperation(.chat, "m\(number)", [.requestModel: "m"]) { operation in
                    operation?.count(3, .inputTokens, type: "input")
                    operation?.set(.inputMessages, "canary")
                }
            }
            try await body()
            return true
        }
        #expect(done)
        return troubles.all
    }

    private static func spans(_ request: LoopbackCollector.Received) throws -> [JSONValue] {
        let value = try JSONValue(parsing: request.body)
        return value["resourceSpans"]?.array?.first?["scopeSpans"]?.array?.first?["spans"]?.array ?? []
    }

    @Test(arguments: ["http/json", "http/protobuf"])
    func `Spans and metrics arrive at the end, with headers, and without what was said`(format: String) async throws {
        let collector = LoopbackCollector()
        try await collector.run { url in
            let settings = try Self.settings(
                url, ["OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20k", "OTEL_EXPORTER_OTLP_PROTOCOL": format])
            #expect(try await Self.work(settings) == [])
        }
        #expect(collector.requests.map(\.path) == ["/v1/traces", "/v1/metrics"])
        let type = format == "http/json" ? "application/json" : "application/x-protobuf"
        #expect(collector.requests.allSatisfy { $0.authorization == "Bearer k" && $0.type == type })
        let all = collector.requests.map { String(decoding: $0.body, as: UTF8.self) }.joined()
        #expect(all.contains("chat m0") && all.contains("gen_ai.client.token.usage"))
        #expect(!all.contains("canary"))
    }

    @Test func `Many spans go in batches, and failing work is told like other work`() async throws {
        struct Failed: Error {}
        let collector = LoopbackCollector()
        try await collector.run { url in
            let settings = try Self.settings(url, ["OTEL_METRICS_EXPORTER": "none"])
            await #expect(throws: Failed.self) {
                _ = try await Self.work(settings, spans: 1200) { throw Failed() }
            }
        }
        let counts = try collector.requests.map { try Self.spans($0).count }
        #expect(counts.reduce(0, +) == 1200 && counts.allSatisfy { $0 <= 512 })
    }

    @Test func `Work that is cancelled is told, too`() async throws {
        let collector = LoopbackCollector()
        try await collector.run { url in
            let settings = try Self.settings(url, ["OTEL_METRICS_EXPORTER": "none"])
            let (begun, begins) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                try await Self.work(settings) {
                    begins.yield()
                    try await Task.sleep(for: .seconds(3_600))
                }
            }
            for await _ in begun { break }
            task.cancel()
            await #expect(throws: CancellationError.self) { _ = try await task.value }
        }
        #expect(try collector.requests.flatMap(Self.spans).count == 1)
    }

    @Test func `A collector that asks for time gets the same again`() async throws {
        let collector = LoopbackCollector { $0 == 0 ? .status(503) : .body([]) }
        try await collector.run { url in
            let settings = try Self.settings(url, ["OTEL_METRICS_EXPORTER": "none"])
            #expect(try await Self.work(settings) == [])
        }
        #expect(collector.requests.count == 2 && collector.requests[0].body == collector.requests[1].body)
    }

    @Test(arguments: [(401, "headers"), (404, "address"), (415, "http/protobuf"), (500, "answered 500")])
    func `A collector that refuses is named once, and not asked for the same again`(
        status: Int, hint: String
    ) async throws {
        let collector = LoopbackCollector { _ in .status(status) }
        let troubles = try await collector.run { url in try await Self.work(Self.settings(url), spans: 600) }
        #expect(troubles.count == 2)
        #expect(troubles.first?.contains(hint) == true)
        #expect(troubles.last == "telemetry: 600 spans could not be delivered.")
        #expect(collector.requests.filter { $0.path == "/v1/traces" }.count <= 3)
    }

    @Test func `A collector that does not answer costs the end its limit and no more`() async throws {
        let collector = LoopbackCollector { _ in .silence }
        let troubles = try await collector.run { url in
            try await Self.work(Self.settings(url), timing: ExportTiming(closingSeconds: 0.2))
        }
        #expect(troubles.contains("telemetry: 1 spans could not be delivered."))
    }

    @Test func `A collector that is not there is said once`() async throws {
        let gone = try await LoopbackCollector().run { $0 }
        let troubles = try await Self.work(
            Self.settings(gone, ["OTEL_EXPORTER_OTLP_HEADERS": "a=sk-canary"]), spans: 600)
        #expect(troubles.count == 2)
        #expect(troubles.first?.contains("could not be reached; the work goes on without it") == true)
        #expect(!"\(troubles)".contains("canary"))
    }

    @Test func `What a collector took only in part is said once, without keys`() async throws {
        // partial_success { rejected_spans: 2, error_message: "no sk-canary" }
        let reply: [UInt8] = [10, 16, 8, 2, 18, 12] + Array("no sk-canary".utf8)
        let collector = LoopbackCollector { _ in .body(reply) }
        let troubles = try await collector.run { url in
            try await Self.work(
                Self.settings(
                    url, ["OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf", "OTEL_EXPORTER_OTLP_HEADERS": "a=sk-canary"]))
        }
        #expect(troubles.count == 1)
        #expect(troubles.first?.hasSuffix("did not take 2 records: no •••") == true)
    }

    @Test func `Replies that are no protobuf or JSON say nothing`() {
        for reply in [[10, 255], [255], [10, 2, 8], [9, 1], Array("{\"partialSuccess\":{}}".utf8)] as [[UInt8]] {
            #expect(PartialSuccess(.init(reply), format: .protobuf) == nil)
            #expect(PartialSuccess(.init(reply), format: .json) == nil)
        }
        let json = PartialSuccess(.init(#"{"partialSuccess":{"rejectedSpans":"3"}}"#.utf8), format: .json)
        #expect(json?.rejected == 3)
    }

    @Test func `Memory is bounded: what does not fit is dropped and counted`() throws {
        let ended = Ended()
        ended.tracer.startSpan("a").end()
        let span = try #require(ended.spans.first)
        let queue = SpanQueue()
        var wakes = 0
        for _ in 0..<SpanQueue.mostSpans + 5 where queue.add(span) { wakes += 1 }
        #expect(queue.dropped == 5 && wakes == SpanQueue.mostSpans - SpanQueue.batchSpans + 1)
        let batch = queue.take()
        #expect(batch.count == SpanQueue.batchSpans)
        _ = queue.add(span)
        queue.putBack(batch)
        #expect(queue.dropped == 6)
        var long = span
        long.attributes["text"] = String(repeating: "x", count: SpanQueue.mostBytes / 3)
        let heavy = SpanQueue()
        for _ in 0..<4 { _ = heavy.add(long) }
        #expect(heavy.dropped == 2 && heavy.take().count == 1 && heavy.take().count == 1 && heavy.take().isEmpty)
    }
}
