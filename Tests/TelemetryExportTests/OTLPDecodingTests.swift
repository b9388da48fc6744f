import Base
import Foundation
import LanguageModelClients
import LanguageModels
import Processes
import Telemetry
import TestSupport
import Testing
import Tracing

@testable import TelemetryExport

/// What scripts/otlp-decoder installed.
private enum Decoder {
    static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    /// A Python that knows the protocol; nil where there is none.
    static let python: String? = {
        let path = tests.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: ".venv/otlp-decoder/bin/python").path
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()
}

/// Both forms of what is sent, read by the classes that the protocol's authors publish (PyPI's opentelemetry-proto).
@Suite(.enabled(if: Decoder.python != nil, "scripts/otlp-decoder installs what decodes these"))
struct OTLPDecodingTests {
    /// A clock that gains a quarter of a second each time somebody looks.
    private static func clock() -> TimeSource {
        let looks = Collected<Void>()
        return TimeSource(
            now: { Date(timeIntervalSince1970: 1_763_000_000) },
            nanoseconds: {
                looks.add(())
                return UInt64(looks.all.count) * 250_000_000
            })
    }

    /// A question that is answered by a model behind an endpoint, and one that fails.
    private static func record() async throws -> (spans: [RecordedSpan], metrics: MetricStore) {
        let ended = Ended()
        let metrics = MetricStore(start: 1_763_000_000_000_000_000)
        let telemetry = Telemetry(tracer: ended.tracer, capturesContent: true, time: clock()) {
            metrics.record($0, $1, $2)
        }
        let served = ServedModel(provider: "openai", name: "tiny", address: "api.openai.com", port: 443)
        let good = TracedLanguageModel(
            ScriptedLanguageModel { _ in
                LanguageModelResponse(
                    id: "r1", model: "tiny-2", message: AssistantMessage(text: "Grün “☀️”"), stopReason: .stop,
                    usage: TokenUsage(inputTokens: 40, cachedInputTokens: 32, outputTokens: 9))
            }, as: served)
        let bad = TracedLanguageModel(
            ScriptedLanguageModel { _ in throw LanguageModelError(.unreachable, "nobody") }, as: served)
        try await Telemetry.$current.withValue(telemetry) {
            try await withOperation(.invokeWorkflow, "answer", [.workflow: "answer"]) { _ in
                try await withOperation(.retrieval, "docs", [.dataSource: "docs"]) { $0?.set(.topK, 5) }
                let request = LanguageModelRequest(
                    messages: [.user("Which?")], maxOutputTokens: 64, temperature: 0.5, stopSequences: ["A", "B"])
                for try await _ in good.stream(request) {}
                await #expect(throws: LanguageModelError.self) { _ = try await bad.respond(to: request) }
            }
        }
        let eventful = ended.tracer.startSpan("eventful", context: .topLevel, ofKind: .server, at: Self.instant)
        eventful.addEvent(SpanEvent(name: "tick", at: Self.instant, attributes: ["share": 0.25, "done": true]))
        eventful.addLink(SpanLink(context: eventful.context, attributes: ["numbers": .int64Array([1, -2])]))
        eventful.setStatus(SpanStatus(code: .error, message: "words"))
        eventful.end(at: Self.instant)
        return (ended.spans, metrics)
    }

    private static let instant = DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: 1_763_000_001_000_000_000)

    @Test func `Protobuf and JSON are the same, and what was looked at once`() async throws {
        let (spans, metrics) = try await Self.record()
        let envelope = OTLPEnvelope(
            resource: ["service.name": "neo", "service.version": "0.1.0"], version: "0.1.0")
        let messages = [
            ("traces", envelope.traces(spans)),
            ("metrics", envelope.metrics(metrics.export(now: 1_763_000_002_000_000_000))),
        ]
        let collector = LoopbackCollector()
        try await collector.run { url in
            for format in ExportSettings.Format.allCases {
                let environment = [
                    "OTEL_EXPORTER_OTLP_ENDPOINT": url, "OTEL_EXPORTER_OTLP_PROTOCOL": format.rawValue,
                    "OTEL_EXPORTER_OTLP_TIMEOUT": "200000",
                ]
                let settings = try #require(try ExportSettings(environment: environment, version: "0.1.0"))
                let troubles = Collected<String>()
                let exporter = Exporter(settings, timing: ExportTiming()) { troubles.add($0) }
                for (signal, message) in messages {
                    let destination = signal == "traces" ? settings.traces : settings.metrics
                    try await exporter.withCollector(destination) { #expect(await $0?.send(message) == .taken) }
                }
                #expect(troubles.all.isEmpty)
            }
        }
        let bodies = collector.requests.map(\.body)
        let decoded = try await withTemporaryDirectory { folder in
            var arguments = [Decoder.tests.appending(path: "decode_otlp.py").path]
            for (number, kind) in ["traces/protobuf", "metrics/protobuf", "traces/json", "metrics/json"].enumerated() {
                let path = "\(folder)/\(number)"
                try bodies[number].write(to: URL(filePath: path))
                arguments.append("\(kind)=\(path)")
            }
            let result = try await ChildProcess(executable: try #require(Decoder.python), arguments: arguments).run()
            try #require(result.status == 0, "\(result.errorOutput)")
            return try JSONValue(parsing: result.output).array ?? []
        }
        try #require(decoded.count == 4)
        #expect(decoded[0] == decoded[2] && decoded[1] == decoded[3])
        let golden = GoldenFile("otlp.json", beside: #filePath)
        if let difference = try golden.difference(from: JSONValue.array(Array(decoded[..<2])).prettyText + "\n") {
            Issue.record("\(difference)")
        }
    }
}
