import Base
import FoundationEssentials
import LanguageModelClients
import LanguageModels
import Processes
import TestSupport
import Testing

/// The clients against llama.cpp with SmolLM2, as a user has them without any key.
@Suite(.enabled(if: RealLocalModel.home != nil, "scripts/local-model fetches the model that these ask"))
struct RealLocalModelConformanceTests {
    @Test func `A small model that knows no tools holds to the suite when they are described to it`() async throws {
        try await RealLocalModel.with { endpoint in
            try await EndpointLanguageModel.with(endpoint) { model async throws in
                let suite = LanguageModelConformance(ToolTextModel(model, tools: .described))
                #expect(try await suite.violations() == [])
                #expect(try await suite.answer().usage.isEstimated == false)
            }
        }
    }

    @Test func `Its answers have the form of a schema`() async throws {
        try await RealLocalModel.with { endpoint in
            try await EndpointLanguageModel.with(endpoint) { model async throws in
                let schema: JSONValue = [
                    "type": "object", "required": ["verdict", "certainty"], "additionalProperties": false,
                    "properties": [
                        "verdict": ["enum": ["yes", "no"]],
                        "certainty": ["type": "integer", "minimum": 1, "maximum": 5],
                    ],
                ]
                let request = LanguageModelRequest(
                    messages: [.user("Is the sky blue? Answer with a verdict and how certain you are, from 1 to 5.")],
                    maxOutputTokens: 300, temperature: 0, seed: 7)
                let answer = try await model.structured(request, schema: schema)
                #expect(["yes", "no"].contains(answer.value["verdict"]?.string))
                #expect(answer.usage.outputTokens > 0)
            }
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `A server that is killed in the middle of an answer is an error, is started again, and answers`() async throws
    {
        try await RealLocalModel.withUse { runtime, use in
            let words = LanguageModelRequest(
                messages: [.user("Count from 1 to 1000.")], maxOutputTokens: 2_000, temperature: 0)
            let error = await #expect(throws: LanguageModelError.self) {
                var endpoint = RealLocalModel.endpoint(of: use)
                // Else the model may have said all before its end is noticed.
                endpoint.extraFields["ignore_eos"] = true
                try await EndpointLanguageModel.with(endpoint) { model in
                    var isKilled = false
                    for try await event in model.stream(words) where !isKilled {
                        guard case .text = event else { continue }
                        runtime.servers().first?.state.server?.kill()
                        isKilled = true
                    }
                }
            }
            #expect(error?.code == .interrupted)
            #expect(error?.message.contains("broke off in the middle of its answer") == true, "\(error?.message ?? "")")
            // The supervisor says so when the model is loaded again.
            while true {
                let state = try #require(runtime.servers().first?.state)
                try #require(state.phase != .failed)
                if state.restarts == 1, state.phase == .ready { break }
                try await Task.sleep(for: .milliseconds(50))
            }
            let answer = try await EndpointLanguageModel.with(RealLocalModel.endpoint(of: use)) { model in
                try await model.respond(
                    to: LanguageModelRequest(messages: [.user("Say hello.")], maxOutputTokens: 8, temperature: 0))
            }
            #expect(!answer.message.text.isEmpty)
        }
    }
}

extension RealLocalModel {
    /// Starts the model while `body` asks it, and stops it afterwards.
    static func with(_ body: @Sendable (LanguageModelEndpoint) async throws -> Void) async throws {
        try await withUse { _, use in
            try await body(endpoint(of: use))
        }
    }

    /// The same with the runtime and the right to the server.
    static func withUse(
        _ body: (_ runtime: LocalModelRuntime, _ use: LocalModelUse) async throws -> Void
    ) async throws {
        let home = try #require(home)
        let name = "smollm2-135m-instruct"
        let folder = "\(home)/models/\(name)"
        let files = FileManager.default
        let file = try #require(
            try files.subpathsOfDirectory(atPath: folder).first { $0.hasSuffix(".gguf") && !$0.contains(".partial") })
        let environment = ProcessInfo.processInfo.environment
        try await withTemporaryDirectory { root in
            let runtime = LocalModelRuntime(
                root: root + "/runtime", supervisor: [try NeoProcess.executable(), "models", "supervise"],
                environment: environment
            ) {
                try await LocalModelRuntime.standardEngine(
                    root: home + "/runtime", environment: environment, progress: { _ in })
            }
            let use = try await runtime.use(name, file: "\(folder)/\(file)", idleSeconds: 5)
            do {
                try await body(runtime, use)
            } catch {
                _ = try? await runtime.stop(nil)
                throw error
            }
            _ = try? await runtime.stop(nil)
        }
    }

    /// How the server is asked. What it computed for an earlier request changes the last bits of its numbers, and so its
    /// words: it begins anew each time.
    static func endpoint(of use: LocalModelUse) -> LanguageModelEndpoint {
        LanguageModelEndpoint(
            api: .chatCompletions(.llamaServer), url: use.endpoint.url, model: use.endpoint.model,
            key: use.endpoint.key,
            extraFields: ["cache_prompt": false])
    }
}
