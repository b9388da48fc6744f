import Base
import InMemoryTracing
import Telemetry
import TestSupport
import Testing
import Tracing

@testable import RAG

@Suite struct TracedServiceTests {
    private static func spans(content: Bool, streaming: Bool) async throws -> [FinishedInMemorySpan] {
        let pipeline = try await PipelineFixture.library().pipeline(
            PipelineConfiguration(PipelineFixture.configuration([:])))
        let service = LiveService(
            pipeline: pipeline, encoder: PipelineFixture.WordEncoder(), summary: ["project": "drinks"])
        let tracer = InMemoryTracer()
        try await Telemetry.$current.withValue(Telemetry(tracer: tracer, capturesContent: content)) {
            let query = Query("tea and coffee water", limit: 5)
            if streaming {
                for try await _ in service.events(query) {}
            } else {
                _ = try await service.answer(query)
            }
        }
        return tracer.finishedSpans
    }

    @Test(arguments: [false, true])
    func `A question is one trace, and says nothing of the question`(streaming: Bool) async throws {
        let spans = try await Self.spans(content: false, streaming: streaming)
        #expect(spans.map(\.operationName) == ["retrieval drinks", "invoke_workflow answer"])
        #expect(spans[0].parentSpanID == spans[1].spanID)
        #expect(spans[0].attributes.get("gen_ai.data_source.id") == "drinks")
        #expect(spans[0].attributes.get("gen_ai.request.top_k") == 5)
        #expect(!spans.contains { "\($0.attributes)".contains("coffee") })
    }

    @Test func `Question and documents are told where content is asked for`() async throws {
        let span = try #require(try await Self.spans(content: true, streaming: false).first)
        #expect(span.attributes.get("gen_ai.retrieval.query.text") == "tea and coffee water")
        guard case .string(let documents)? = span.attributes.get("gen_ai.retrieval.documents") else {
            Issue.record("no documents")
            return
        }
        let first = try #require(try JSONValue(parsing: documents).array?.first)
        #expect(first["id"]?.string != nil && first["score"]?.number != nil)
    }
}
