import Testing
import Tracing

@testable import TelemetryExport

@Suite struct TraceContextTests {
    private struct Headers: Extractor, Injector {
        func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
        func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) { carrier[key] = value }
    }

    // The example of the standard.
    private static let example = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test func `A context is read and written as the W3C has it`() throws {
        let context = try #require(TraceContext(traceparent: Self.example))
        #expect(context.traceID == "4bf92f3577b34da6a3ce929d0e0e4736" && context.isSampled)
        #expect(context.traceparent == Self.example)
        #expect(TraceContext(traceparent: "01" + Self.example.dropFirst(2) + "-more")?.span == context.span)
    }

    @Test(arguments: [
        "", "00", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
        "00-4bf92f3577b34da6a3ce929d0e0e47-00f067aa0ba902b7-01", "00-é-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-+1",
    ])
    func `What is no context is none`(header: String) { #expect(TraceContext(traceparent: header) == nil) }

    @Test func `A trace goes on in the next process, with what others hand along`() throws {
        let ended = Ended()
        let tracer = ended.tracer
        var context = InstrumentationContext.topLevel
        tracer.extract(["traceparent": Self.example, "tracestate": "a=1"], into: &context, using: Headers())
        let span = tracer.startSpan("inner", context: context, ofKind: .server)
        var sent: [String: String] = [:]
        tracer.inject(span.context, into: &sent, using: Headers())
        span.end()
        #expect(sent["traceparent"] == "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000001-01")
        #expect(sent["tracestate"] == "a=1")
        #expect(ended.spans.first?.parent == 0x00f0_67aa_0ba9_02b7)
    }

    @Test func `A trace that is not kept elsewhere is not kept here`() {
        let ended = Ended()
        var context = InstrumentationContext.topLevel
        ended.tracer.extract(
            ["traceparent": Self.example.dropLast(2) + "00", "tracestate": String(repeating: "a", count: 513)],
            into: &context, using: Headers())
        let span = ended.tracer.startSpan("inner", context: context)
        #expect(!span.isRecording && TraceContext.of(span.context)?.state == "")
        span.end()
        #expect(ended.spans.isEmpty)
    }

    @Test func `A span ends once, and keeps what it was told before`() {
        struct Leaky: Error, CustomStringConvertible { let description = "canary" }
        let ended = Ended()
        let span = ended.tracer.startSpan("a")
        span.recordError(Leaky())
        span.operationName = "b"
        span.end(at: DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: 5))
        span.operationName = "c"
        span.end()
        #expect(ended.spans.count == 1 && ended.spans[0].name == "b" && ended.spans[0].end >= ended.spans[0].start)
        #expect(ended.spans[0].events.first?.attributes.get("exception.type") == "Leaky")
        #expect(!"\(ended.spans)".contains("canary"))
    }
}
