import Base
import InMemoryTracing
import LanguageModelClients
import LanguageModels
import Retrieval
import Synchronization
import Telemetry
import TestSupport
import Testing
import Tracing

@Suite struct TracedLanguageModelTests {
    private static let canary = "canary-5c1e"
    private static let request = LanguageModelRequest(
        messages: [
            .system("Be \(canary)"),
            .user([.text("Hi \(canary)"), .image(.data(.init([1, 2]), mediaType: "image/png"))]),
        ],
        tools: [ToolDefinition(name: "look", description: canary, parameters: ["type": "object"])],
        maxOutputTokens: 64, temperature: 0.5, topP: 0.9, stopSequences: ["END"], seed: 7)

    private static func response(isEstimated: Bool = false) -> LanguageModelResponse {
        LanguageModelResponse(
            id: "r1", model: "tiny-2", message: AssistantMessage(text: "Hello \(canary)"), stopReason: .toolCalls,
            usage: TokenUsage(
                inputTokens: 40, cachedInputTokens: 32, cacheCreationInputTokens: 4, outputTokens: 9,
                reasoningTokens: 3, isEstimated: isEstimated))
    }

    private static func traced(
        _ reply: @escaping @Sendable (LanguageModelRequest) throws -> LanguageModelResponse = { _ in response() }
    ) -> TracedLanguageModel {
        TracedLanguageModel(
            ScriptedLanguageModel(reply),
            as: ServedModel(at: "https://api.openai.com/v1", name: "tiny", provider: "custom"))
    }

    private static func listening(
        content: Bool = false, _ metrics: Collected<String> = Collected(), _ body: () async throws -> Void
    ) async throws -> [FinishedInMemorySpan] {
        let tracer = InMemoryTracer()
        let telemetry = Telemetry(tracer: tracer, capturesContent: content) { metric, value, attributes in
            let type = attributes[.tokenType].map { " \($0)" } ?? ""
            metrics.add(metric == .tokenUsage ? "\(metric) \(value)\(type)" : "\(metric)")
        }
        try await Telemetry.$current.withValue(telemetry) { try await body() }
        return tracer.finishedSpans
    }

    private static func all(_ span: FinishedInMemorySpan) -> [String: SpanAttribute] {
        span.attributes.values
    }

    @Test(arguments: [false, true])
    func `A call is told as the conventions want it, without what was said`(streaming: Bool) async throws {
        let metrics = Collected<String>()
        let spans = try await Self.listening(metrics) {
            let model = Self.traced()
            if streaming {
                for try await _ in model.stream(Self.request) {}
            } else {
                _ = try await model.respond(to: Self.request)
            }
        }
        let span = try #require(spans.first)
        #expect(spans.count == 1 && span.operationName == "chat tiny" && span.kind == .client)
        var expected: [String: SpanAttribute] = [
            "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", "gen_ai.request.model": "tiny",
            "gen_ai.request.max_tokens": 64, "gen_ai.request.temperature": 0.5, "gen_ai.request.top_p": 0.9,
            "gen_ai.request.seed": 7, "gen_ai.request.stop_sequences": .stringArray(["END"]),
            "gen_ai.output.type": "text", "gen_ai.response.id": "r1", "gen_ai.response.model": "tiny-2",
            "gen_ai.response.finish_reasons": .stringArray(["tool_call"]), "gen_ai.usage.input_tokens": 40,
            "gen_ai.usage.output_tokens": 9, "gen_ai.usage.cache_read.input_tokens": 32,
            "gen_ai.usage.cache_creation.input_tokens": 4, "gen_ai.usage.reasoning.output_tokens": 3,
            "server.address": "api.openai.com", "server.port": 443, "openinference.span.kind": "LLM",
        ]
        var told = Self.all(span)
        if streaming {
            expected["gen_ai.request.stream"] = true
            #expect(told.removeValue(forKey: "gen_ai.response.time_to_first_chunk") != nil)
        }
        #expect(told == expected)
        #expect(!"\(told)".contains(Self.canary))
        let first = streaming ? ["timeToFirstChunk"] : []
        #expect(
            metrics.all == first + [
                #"tokenUsage 40.0 string("input")"#, #"tokenUsage 9.0 string("output")"#, "operationDuration",
            ])
    }

    @Test func `What was said is told where it is asked for, as the JSON of the conventions`() async throws {
        let spans = try await Self.listening(content: true) { _ = try await Self.traced().respond(to: Self.request) }
        let told = Self.all(try #require(spans.first))
        #expect(
            told["gen_ai.system_instructions"] == .string(#"[{"content":"Be canary-5c1e","type":"text"}]"#))
        #expect(
            told["gen_ai.input.messages"]
                == .string(
                    #"[{"parts":[{"content":"Hi canary-5c1e","type":"text"},"#
                        + #"{"bytes":2,"mime_type":"image/png","type":"image"}],"role":"user"}]"#))
        #expect(
            told["gen_ai.output.messages"]
                == .string(
                    #"[{"finish_reason":"tool_call","parts":[{"content":"Hello canary-5c1e","type":"text"}],"#
                        + #""role":"assistant"}]"#))
        #expect(
            told["gen_ai.tool.definitions"]
                == .string(
                    #"[{"description":"canary-5c1e","name":"look","parameters":{"type":"object"},"type":"function"}]"#)
        )
    }

    @Test func `Estimated tokens are marked, and are no metric`() async throws {
        let metrics = Collected<String>()
        let spans = try await Self.listening(metrics) {
            _ = try await Self.traced { _ in Self.response(isEstimated: true) }.respond(to: Self.request)
        }
        #expect(Self.all(spans[0])["neo.usage.is_estimated"] == true)
        #expect(Self.all(spans[0])["gen_ai.usage.input_tokens"] == 40)
        #expect(metrics.all == ["operationDuration"])
    }

    @Test(arguments: [false, true])
    func `A failure ends the span with its kind and not with its sentence`(streaming: Bool) async throws {
        let spans = try await Self.listening {
            let model = Self.traced { _ in throw LanguageModelError(.rateLimited, "too much \(Self.canary)") }
            await #expect(throws: LanguageModelError.self) {
                if streaming {
                    for try await _ in model.stream(Self.request) {}
                } else {
                    _ = try await model.respond(to: Self.request)
                }
            }
        }
        #expect(spans.count == 1 && spans[0].status?.code == .error)
        #expect(Self.all(spans[0])["error.type"] == "rate_limited")
        #expect(!"\(Self.all(spans[0]))\(spans[0].errors)\(spans[0].events)".contains(Self.canary))
    }

    @Test func `A stream that is left in the middle ends its span`() async throws {
        let spans = try await Self.listening {
            for try await _ in Self.traced().stream(Self.request) { break }
        }
        #expect(spans.count == 1)
        #expect(Self.all(spans[0])["error.type"] == "cancelled")
    }

    @Test func `Where nobody listens, the model is the same`() async throws {
        #expect(
            try await LanguageModelConformance(Self.traced { _ in .text("Blue.") }).answer().message.text == "Blue.")
        #expect(Self.traced().identity == "scripted")
    }

    @Test(arguments: [
        ("https://api.anthropic.com", "anthropic", 443), ("https://eu.api.mistral.ai/v1", "mistral_ai", 443),
        ("http://127.0.0.1:8000/v1", "vllm", 8000), ("https://notapi.openai.com.example/v1", "vllm", 443),
    ])
    func `A provider is known by its address, else by what it says it is`(url: String, name: String, port: Int) {
        let model = ServedModel(at: url, name: nil, provider: "vllm")
        #expect(model.provider == name && model.port == port)
    }

    @Test func `Embeddings and reranking are told, with what they read`() async throws {
        let server = LoopbackModel { request, _ in
            request.path == "/rerank"
                ? .json(["results": [["index": 0, "relevance_score": 1]], "usage": ["total_tokens": 5]])
                : .json(["data": [["embedding": [3, 4]]], "usage": ["prompt_tokens": 6]])
        }
        try await server.run { url in
            let endpoint = ModelEndpoint(api: .openai, url: url, model: "m")
            let spans = try await Self.listening {
                _ = try await EndpointEmbedder.connect(to: endpoint)
                _ = try await EndpointReranker(endpoint).scores(of: [Self.canary], for: Self.canary)
            }
            #expect(spans.map(\.operationName) == ["embeddings m", "rerank m"])
            let embedding = Self.all(spans[0])
            #expect(embedding["gen_ai.usage.input_tokens"] == 6)
            #expect(embedding["gen_ai.embeddings.dimension.count"] == 2)
            #expect(Self.all(spans[1])["gen_ai.usage.input_tokens"] == 5)
            #expect(Self.all(spans[1])["openinference.span.kind"] == "RERANKER")
            #expect(!"\(spans.map(Self.all))".contains(Self.canary))
        }
    }
}
