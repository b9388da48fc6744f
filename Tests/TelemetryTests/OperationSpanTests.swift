import Base
import FoundationEssentials
import InMemoryTracing
import Synchronization
import Testing
import Tracing

@testable import Telemetry

@Suite struct OperationSpanTests {
    private struct Wrong: TypedError { let errorType = "wrong" }

    /// A clock that gains a second each time somebody looks.
    private static func ticking() -> TimeSource {
        let seconds = Mutex(UInt64(0))
        return TimeSource(
            now: { Date(timeIntervalSince1970: 1000) },
            nanoseconds: {
                seconds.withLock { seconds in
                    seconds += 1
                    return seconds * 1_000_000_000
                }
            })
    }

    @Test func `Where nobody listens, there is no operation, and its attributes are not computed`() async throws {
        var computed = false
        func attributes() -> [AttributeName: SpanAttribute] {
            computed = true
            return [:]
        }
        let seen = try await withOperation(.chat, "tiny", attributes()) { $0 == nil }
        #expect(seen && !computed)
    }

    @Test func `Operations nest, and each ends once, with its duration`() async throws {
        let tracer = InMemoryTracer()
        let durations = Mutex<[Double]>([])
        let telemetry = Telemetry(tracer: tracer, time: Self.ticking()) { metric, value, attributes in
            #expect(metric == .operationDuration && attributes[.openInferenceKind] == nil)
            durations.withLock { $0.append(value) }
        }
        try await Telemetry.$current.withValue(telemetry) {
            try await withOperation(.invokeWorkflow, "answer") { outer in
                try await withOperation(.retrieval, isRemote: true) { inner in
                    inner?.set(.topK, 3)
                    inner?.end()
                }
                outer?.set(.topK, nil as Int?)
            }
        }
        let spans = tracer.finishedSpans
        #expect(spans.map(\.operationName) == ["retrieval", "invoke_workflow answer"])
        #expect(spans.map(\.kind) == [.client, .internal])
        #expect(spans[0].parentSpanID == spans[1].spanID && spans[0].traceID == spans[1].traceID)
        #expect(spans[0].attributes.get("gen_ai.request.top_k") == .int64(3))
        #expect(spans[0].attributes.get("openinference.span.kind") == .string("RETRIEVER"))
        #expect(spans[0].status == nil)
        #expect(durations.withLock { $0 } == [1, 3])
        #expect(
            spans[0].endInstant.nanosecondsSinceEpoch - spans[0].startInstant.nanosecondsSinceEpoch == 1_000_000_000)
    }

    @Test func `A failure is told as a word, and a cancelled or dropped operation as cancelled`() async throws {
        let tracer = InMemoryTracer()
        await Telemetry.$current.withValue(Telemetry(tracer: tracer)) {
            for error in [Wrong(), CancellationError()] as [any Error] {
                await #expect(throws: (any Error).self) { try await withOperation(.chat) { _ in throw error } }
            }
            _ = Telemetry.current?.begin(.chat)
        }
        let spans = tracer.finishedSpans
        #expect(
            spans.map { $0.attributes.get("error.type") }
                == [.string("wrong"), .string("cancelled"), .string("cancelled")])
        #expect(spans.allSatisfy { $0.status?.code == .error && $0.status?.message == nil && $0.errors.isEmpty })
    }

    @Test(arguments: [false, true])
    func `Content is told only where it is asked for`(captures: Bool) async throws {
        let tracer = InMemoryTracer()
        let telemetry = Telemetry(tracer: tracer, capturesContent: captures)
        let operation = telemetry.begin(.retrieval)
        for name in AttributeName.content { operation.set(name, "canary") }
        operation.end()
        let told = try #require(tracer.finishedSpans.first).attributes.values.values.count { $0 == .string("canary") }
        #expect(told == (captures ? AttributeName.content.count : 0))
    }
}
