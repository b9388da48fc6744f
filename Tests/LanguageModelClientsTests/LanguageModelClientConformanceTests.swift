import Base
import LanguageModelClients
import LanguageModels
import TestSupport
import Testing

/// Every client holds to what a language model is, against a scripted server of its protocol.
@Suite struct LanguageModelClientConformanceTests {
    /// A protocol with a server that speaks it.
    struct Client: Sendable, CustomTestStringConvertible {
        let name: String
        let api: LanguageModelEndpoint.API
        let reply: @Sendable (ScriptedModel, LoopbackModel.Received) -> LoopbackModel.Reply
        /// The beginning of a stream, with its first word.
        let beginning: [String]
        var testDescription: String { name }
    }

    static let clients =
        ([
            ("OpenAI", .openAI), ("vLLM", .vLLM), ("SGLang", .sgLang), ("Ollama", .ollama), ("LM Studio", .lmStudio),
            ("llama-server", .llamaServer), ("OpenRouter", .openRouter),
        ] as [(String, ChatCompletionsQuirks)]).map { name, quirks in
            Client(
                name: name, api: .chatCompletions(quirks), reply: { $0.chatCompletion($1) },
                beginning: ["data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"The\"}}]}\n\n"])
        } + [
            Client(
                name: "OpenAI's Responses", api: .responses, reply: { $0.openAIResponse($1) },
                beginning: [
                    "data: {\"type\":\"response.created\",\"response\":{}}\n\n",
                    "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"The\"}\n\n",
                ]),
            Client(
                name: "Anthropic", api: .anthropicMessages, reply: { $0.anthropicMessage($1) },
                beginning: [
                    "data: {\"type\":\"message_start\",\"message\":{}}\n\n",
                    "data: {\"type\":\"content_block_start\",\"content_block\":{\"type\":\"text\",\"text\":\"The\"}}\n\n",
                ]),
        ]

    private static func with<Result: Sendable>(
        _ client: Client, _ server: LoopbackModel,
        _ body: @escaping @Sendable (EndpointLanguageModel) async throws -> Result
    ) async throws -> Result {
        try await server.run { url in
            try await EndpointLanguageModel.with(
                LanguageModelEndpoint(api: client.api, url: url, model: "scripted", key: Secret("k")), body)
        }
    }

    @Test(arguments: clients, [true, false])
    func `The suite passes, with usage counted or marked as a guess`(client: Client, counts: Bool) async throws {
        let script = ScriptedModel(counts: counts)
        let server = LoopbackModel { request, _ in client.reply(script, request) }
        try await Self.with(client, server) { model in
            let suite = LanguageModelConformance(model)
            #expect(try await suite.violations() == [])
            let usage = try await suite.answer().usage
            #expect(usage.isEstimated == !counts)
            if counts { #expect(usage.inputTokens == 40 && usage.cachedInputTokens == 32) }
        }
    }

    @Test(arguments: [ChatCompletionsQuirks.vLLM, .ollama])
    func `The suite passes for a model that writes its calls as text`(quirks: ChatCompletionsQuirks) async throws {
        let script = ScriptedModel(counts: true, writesCallsAsText: true)
        let client = Client(
            name: "text", api: .chatCompletions(quirks), reply: { $0.chatCompletion($1) }, beginning: [])
        let server = LoopbackModel { request, _ in client.reply(script, request) }
        try await Self.with(client, server) { model in
            let violations = try await LanguageModelConformance(ToolTextModel(model)).violations()
            #expect(violations == [])
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: clients)
    func `A stream that is cancelled ends, and its connection closes, before the server says more`(
        client: Client
    ) async throws {
        let server = LoopbackModel { _, _ in .held(client.beginning) }
        try await Self.with(client, server) { model in
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                for try await event in model.stream(LanguageModelRequest(messages: [.user("Hi")])) {
                    #expect(event == .text("The"))
                    begin.yield()
                }
            }
            _ = await begun.first { _ in true }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            _ = await server.closings.first { _ in true }
        }
    }
}
