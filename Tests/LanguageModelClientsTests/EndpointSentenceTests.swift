import Base
import LanguageModelClients
import LanguageModels
import TestSupport
import Testing

/// What a user reads when something is wrong with an endpoint, as a whole: `Golden/sentences.txt`.
@Suite struct EndpointSentenceTests {
    private static func refusal(_ status: Int, _ message: String, code: String? = nil) -> LoopbackModel.Reply {
        var error: [String: JSONValue] = ["message": .string(message)]
        error["code"] = code.map { .string($0) }
        return .status(status, ["error": .object(error)], retryAfter: nil)
    }

    private static let begun = "data: {\"choices\":[{\"delta\":{\"content\":\"The\"}}]}\n\n"

    private static let rows: [(name: String, reply: LoopbackModel.Reply)] = [
        ("wrong key", refusal(401, "Incorrect API key provided: sk-secret.", code: "invalid_api_key")),
        ("a key that may not do this", refusal(403, "Your project has no access to this model")),
        ("nothing left", refusal(429, "You exceeded your current quota.", code: "insufficient_quota")),
        ("too many requests", refusal(429, "Rate limit reached for requests")),
        ("loading", refusal(503, "Loading model")),
        ("moved", .status(308, [:], retryAfter: nil)),
        ("HTML instead of JSON", .page("<!DOCTYPE html><title>Welcome</title>")),
        ("no JSON", .text("pong")),
        ("no answer in the JSON", .json(["ok": true])),
        ("a stream that is cut before its first word", .cut([])),
        ("a stream that is cut in the middle", .cut([begun])),
        ("a reply of 17 MB", .json(["x": .string(String(repeating: "x", count: 17 << 20))])),
        ("a stream of 17 MB", .stream([begun, String(repeating: "x", count: 17 << 20)])),
        ("usage missing", .json(["choices": [["message": ["content": "Hello"], "finish_reason": "stop"]]])),
        (
            "too long, by OpenAI and vLLM",
            refusal(
                400,
                "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
                code: "context_length_exceeded")
        ),
        ("too long, by Anthropic", refusal(400, "prompt is too long: 210000 tokens > 200000 maximum")),
        (
            "too long, by llama-server",
            .status(
                400,
                [
                    "error": [
                        "message": "the request exceeds the available context size",
                        "type": "exceed_context_size_error",
                        "n_prompt_tokens": 900, "n_ctx": 512,
                    ]
                ], retryAfter: nil)
        ),
        (
            "a tool's schema is refused",
            refusal(
                400, "Invalid schema for function 'weather': array schema missing items.",
                code: "invalid_function_parameters")
        ),
        ("a model that is not there", refusal(404, "The model `gtp-5` does not exist", code: "model_not_found")),
        ("an error in the place of an answer", .json(["error": ["message": "out of memory", "code": 500]])),
    ]

    @Test func `Each trouble is a sentence that names the endpoint and the remedy`() async throws {
        var lines: [String] = []
        for (name, reply) in Self.rows {
            let server = LoopbackModel { request, _ in
                request.path.hasSuffix("/models")
                    ? .json(["data": [["id": "gpt-5"], ["id": "gpt-5-mini"], ["id": "o3"], ["id": "whisper-1"]]])
                    : reply
            }
            lines += try await server.run { url in try await Self.said(name, at: url) }
        }
        lines += try await Self.said("nobody there", at: "http://127.0.0.1:1")
        let plain = LoopbackModel { _, _ in .text("") }
        lines += try await plain.run { try await Self.said("no TLS there", at: $0.replacing("http:", with: "https:")) }
        lines += try await TestCertificates.with { certificates async throws in
            let secure = LoopbackModel(tls: try certificates.server()) { _, _ in .text("") }
            return try await secure.run { url in
                let unknown = try await Self.said("a certificate of an authority of its own", at: url)
                let other = try await Self.said("another authority", at: url, authority: certificates.otherAuthority)
                return unknown + other.map { $0.replacing(certificates.otherAuthority, with: "ca.pem") }
            }
        }
        let golden = GoldenFile("sentences.txt", beside: #filePath)
        if let difference = try golden.difference(from: lines.joined(separator: "\n") + "\n") {
            Issue.record("\(difference)")
        }
    }

    private static let noPause: @Sendable (Double) async throws -> Void = { _ in }

    private static func shown(_ response: LanguageModelResponse) -> String {
        let usage = response.usage
        let guess = usage.isEstimated ? ", guessed" : ""
        return "“\(response.message.text)” (\(usage.inputTokens) tokens read, \(usage.outputTokens) written\(guess))"
    }

    /// What is said when a whole answer is asked for, and a stream.
    private static func said(_ name: String, at url: String, authority: String? = nil) async throws -> [String] {
        let endpoint = LanguageModelEndpoint(
            api: .chatCompletions(.openAI), url: url + "/v1", model: "gtp-5", key: Secret("sk-secret"),
            certificateAuthority: authority, attempts: 2)
        return try await EndpointLanguageModel.with(endpoint, pause: Self.noPause) { model in
            let request = LanguageModelRequest(messages: [.user("Is the sky blue?")])
            var sentences: [String] = []
            do {
                let response = try await model.respond(to: request)
                sentences.append("\(shown(response))")
            } catch let error as LanguageModelError {
                sentences.append(error.message)
            }
            do {
                for try await event in model.stream(request) {
                    if case .completed(let response) = event {
                        sentences.append("\(shown(response))")
                    }
                }
            } catch let error as LanguageModelError {
                sentences.append(error.message)
            }
            let shown = sentences.map {
                $0.replacing(url, with: url.hasPrefix("https") ? "https://HOST" : "http://HOST")
            }
            return ["== \(name)"]
                + (shown[0] == shown[1] ? [shown[0]] : ["whole:  \(shown[0])", "stream: \(shown[1])"]) + [""]
        }
    }
}
