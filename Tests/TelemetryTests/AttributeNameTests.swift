import Telemetry
import Testing

@Suite struct AttributeNameTests {
    /// The names of OpenTelemetry's semantic conventions, version 1.41.1, as far as they are about models
    /// (`model/gen-ai/registry.yaml`; equal to those of the Python package of the conventions), and the general ones.
    static let conventions: Set<String> = [
        "error.type", "server.address", "server.port",
        "gen_ai.agent.description", "gen_ai.agent.id", "gen_ai.agent.name", "gen_ai.agent.version",
        "gen_ai.conversation.id", "gen_ai.data_source.id", "gen_ai.embeddings.dimension.count",
        "gen_ai.evaluation.explanation", "gen_ai.evaluation.name", "gen_ai.evaluation.score.label",
        "gen_ai.evaluation.score.value", "gen_ai.input.messages", "gen_ai.operation.name", "gen_ai.output.messages",
        "gen_ai.output.type", "gen_ai.prompt.name", "gen_ai.provider.name", "gen_ai.request.choice.count",
        "gen_ai.request.encoding_formats", "gen_ai.request.frequency_penalty", "gen_ai.request.max_tokens",
        "gen_ai.request.model", "gen_ai.request.presence_penalty", "gen_ai.request.seed",
        "gen_ai.request.stop_sequences", "gen_ai.request.stream", "gen_ai.request.temperature",
        "gen_ai.request.top_k", "gen_ai.request.top_p", "gen_ai.response.finish_reasons", "gen_ai.response.id",
        "gen_ai.response.model", "gen_ai.response.time_to_first_chunk", "gen_ai.retrieval.documents",
        "gen_ai.retrieval.query.text", "gen_ai.system_instructions", "gen_ai.token.type",
        "gen_ai.tool.call.arguments", "gen_ai.tool.call.id", "gen_ai.tool.call.result", "gen_ai.tool.definitions",
        "gen_ai.tool.description", "gen_ai.tool.name", "gen_ai.tool.type",
        "gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_read.input_tokens",
        "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.usage.reasoning.output_tokens",
        "gen_ai.workflow.name",
    ]

    @Test func `Every name is one of the conventions, of OpenInference, or Neo's own`() {
        let others = Set(AttributeName.allCases.map(\.rawValue)).subtracting(Self.conventions)
        #expect(others == ["neo.usage.is_estimated", "openinference.span.kind"])
    }

    @Test func `Buckets are those that the conventions fix`() {
        #expect(GenAIMetric.tokenUsage.bounds.prefix(4) == [1, 4, 16, 64])
        #expect(GenAIMetric.tokenUsage.bounds.last == 67_108_864)
        #expect(GenAIMetric.operationDuration.bounds.prefix(4) == [0.01, 0.02, 0.04, 0.08])
        #expect(GenAIMetric.operationDuration.bounds.last == 81.92)
        #expect(GenAIMetric.allCases.allSatisfy { $0.bounds.count == 14 })
    }
}
