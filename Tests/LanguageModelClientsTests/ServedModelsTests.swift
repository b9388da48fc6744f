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

    @Test(arguments: [
        ("max_model_len", 65_536), ("context_length", 131_072), ("context_window", 32_768),
        ("max_context_length", 8_192),
        ("max_input_tokens", 200_000),
    ])
    func `How much a model can read is taken from the list`(key: String, tokens: Int) async throws {
        let server = LoopbackModel { _, _ in
            .json(["data": [["id": "other", "max_model_len": 300], ["id": "m", "\(key)": .integer(tokens)]]])
        }
        #expect(try await Self.context(server) == tokens)
    }

    @Test(arguments: [(32_768, 4_096, 4_096), (2_048, 4_096, 2_048), (32_768, nil, 32_768)])
    func `llama.cpp's own word on how it was started counts`(trained: Int, running: Int?, expected: Int) async throws {
        let server = LoopbackModel { request, _ in
            guard request.path == "/props" else {
                return .json(["data": [["id": "/models/x.gguf", "meta": ["n_ctx_train": .integer(trained)]]]])
            }
            guard let running else { return .status(501, ["error": "off"], retryAfter: nil) }
            return .json(["default_generation_settings": ["n_ctx": .integer(running)]])
        }
        #expect(try await Self.context(server, below: "/v1") == expected)
        #expect(server.requests.map(\.path) == ["/v1/models", "/props"])
    }

    @Test(
        arguments: [
            ["data": []], ["data": [["id": "other"], ["id": "third", "context_length": 9_000]]], "no list",
            ["data": [["id": "m", "context_length": -1]]], ["data": [["id": "m", "max_model_len": "much"]]],
        ] as [JSONValue])
    func `A list that does not say it is no error`(list: JSONValue) async throws {
        #expect(try await Self.context(LoopbackModel { _, _ in .json(list) }) == nil)
        #expect(try await Self.context(LoopbackModel { _, _ in .status(404, [:], retryAfter: nil) }) == nil)
    }

    private static func context(_ server: LoopbackModel, below path: String = "") async throws -> Int? {
        try await server.run { url in
            try await EndpointLanguageModel.with(
                LanguageModelEndpoint(api: .chatCompletions(.vLLM), url: url + path, model: "m")
            ) { await $0.contextTokens(seconds: 60) }
        }
    }
}
