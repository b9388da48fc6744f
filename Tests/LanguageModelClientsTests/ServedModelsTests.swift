import Base
import LanguageModels
import TestSupport
import Testing

@testable import LanguageModelClients

@Suite struct ServedModelsTests {
    private static let request = LanguageModelRequest(messages: [.user("Hi")])
    private static let openAI: JSONValue = [
        "object": "list", "data": [["id": "gpt-5-mini"], ["id": "gpt-5"], ["id": "whisper-1"], ["id": "o3"]],
    ]

    @Test(arguments: [
        (LanguageModelEndpoint.API.chatCompletions(.vLLM), "", "/models"), (.responses, "/v1", "/v1/models"),
        (.anthropicMessages, "", "/v1/models"), (.anthropicMessages, "/v1", "/v1/models"),
    ])
    func `The models of an endpoint are listed`(api: LanguageModelEndpoint.API, base: String, path: String) async throws
    {
        let server = LoopbackModel { _, _ in .json(Self.openAI) }
        let names = try await server.run { url in
            try await EndpointLanguageModel.with(
                LanguageModelEndpoint(api: api, url: url + base, model: "m", key: Secret("k"))
            ) { try await $0.models() }
        }
        #expect(names == ["gpt-5-mini", "gpt-5", "whisper-1", "o3"])
        #expect(server.requests.map(\.path) == [path])
        let request = try #require(server.requests.first)
        #expect(request.authorization == "Bearer k" || request.headers["x-api-key"] == "k")
    }

    @Test func `Ollama's own list is read, and a server without one is a sentence`() async throws {
        let ollama = LoopbackModel { _, _ in .json(["models": [["name": "qwen3:4b", "model": "qwen3:4b"]]]) }
        let names = try await ollama.run { try await ModelEndpoint(api: .ollama, url: $0).models() }
        #expect(names == ["qwen3:4b"] && ollama.requests.map(\.path) == ["/api/tags"])
        let none = LoopbackModel { _, _ in .json(["hello": "world"]) }
        let error = await #expect(throws: EndpointError.self) {
            try await none.run { _ = try await ModelEndpoint(api: .openai, url: $0).models() }
        }
        #expect(error?.message.contains("no list of models") == true)
    }

    @Test(arguments: [true, false])
    func `A model that is not there is an error with the names that are nearest`(streams: Bool) async throws {
        let server = LoopbackModel { request, _ in
            request.path.hasSuffix("/models")
                ? .json(Self.openAI) : .status(404, ["error": ["message": "no such model"]], retryAfter: nil)
        }
        try await server.run { url in
            try await EndpointLanguageModel.with(
                LanguageModelEndpoint(api: .responses, url: url, model: "gtp-5")
            ) { model async throws in
                let error = await #expect(throws: LanguageModelError.self) {
                    if streams {
                        for try await _ in model.stream(Self.request) {}
                    } else {
                        _ = try await model.respond(to: Self.request)
                    }
                }
                #expect(error?.code == .modelNotFound)
                #expect(
                    error?.message == "\(url) has no model gtp-5; the nearest that it has: gpt-5, gpt-5-mini.",
                    "\(error?.message ?? "")")
            }
        }
    }

    @Test func `Names that hold the other are near, and hostile lists cost little`() {
        #expect(
            ServedModels.nearest(to: "qwen3", in: ["llama3", "qwen3:4b", "Qwen/Qwen3-8B"]).prefix(2)
                == ["Qwen/Qwen3-8B", "qwen3:4b"])
        let long =
            (0..<100_000).map { "\($0)" + String(repeating: "x", count: 90) } + [String(repeating: "y", count: 1 << 20)]
        #expect(ServedModels.nearest(to: String(repeating: "z", count: 10_000), in: long).count == 3)
        #expect(ServedModels.names(in: ["data": [7, ["id": 8], nil]]) == [])
        #expect(ServedModels.names(in: 7) == nil)
    }
}
