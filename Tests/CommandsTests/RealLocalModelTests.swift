import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// What scripts/local-model fetched.
enum RealLocalModel {
    /// The home with the model.
    static let home: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let home = (root.hasSuffix("/") ? String(root.dropLast()) : root) + "/.venv/local-model"
        let model = (try? FileManager.default.contentsOfDirectory(atPath: home + "/models/smollm2-135m-instruct")) ?? []
        return model.contains { !$0.hasSuffix(".partial") } ? home : nil
    }()

    /// Lets a test's own home have the model, and what runs it.
    static func link(into neo: NeoProcess) async throws {
        let home = try #require(home)
        try await neo.shell(
            """
            mkdir -p home/runtime
            ln -s '\(home)/models' home/models
            for engine in '\(home)'/runtime/xllamacpp-*; do
                [ ! -d "$engine" ] || ln -s "$engine" home/runtime/
            done
            """)
    }

    /// Runs the body with a home of its own that has the model, and ends the server that it started.
    static func with(_ body: (LocalModels) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            let neo = NeoProcess(folder: folder)
            try await RealLocalModel.link(into: neo)
            let models = LocalModels(neo: neo, model: "smollm2-135m-instruct", path: "")
            do {
                try await body(models)
            } catch {
                _ = try await models.run("stop")
                throw error
            }
            _ = try await models.run("stop")
            #expect(try await models.servers().isEmpty)
        }
    }
}

/// SmolLM2, run by llama-server or by the pinned xllamacpp, and asked over HTTP.
@Suite(.enabled(if: RealLocalModel.home != nil, "scripts/local-model fetches the model that these ask"))
struct RealLocalModelTests {
    @Test func `A model that was pulled answers in OpenAI's protocol, at once and as a stream`() async throws {
        try await RealLocalModel.with { try await ask($0) }
    }

    private func ask(_ models: LocalModels) async throws {
        // What PyPI's gguf 0.19.0 reads from the same file.
        let list = try JSONValue(parsing: try await models.run("list", "--json").output)["models"]?.array ?? []
        let facts = list.first { $0["name"] == "smollm2-135m-instruct" }
        #expect(facts?["architecture"] == "llama")
        #expect(facts?["parameters"] == 134_515_008)
        #expect(facts?["context"] == 8192)
        #expect(facts?["quantisation"] == "Q4_1")
        #expect(facts?["chat_template"] == true)

        let started = try await models.start()
        let url = try #require(started["url"]?.string)
        let key = "$(cat '\(started["key_file"]?.string ?? "")')"
        var request: [String: JSONValue] = [
            "model": "smollm2-135m-instruct", "max_tokens": 8, "temperature": 0,
            "messages": [["role": "user", "content": "Say hello."]],
        ]
        let reply = try await models.post(
            url + "/chat/completions", key: key, body: JSONValue.object(request).canonicalText)
        #expect(reply.hasSuffix("200"))
        let json = try JSONValue(parsing: String(reply.dropLast(3)))
        let message = json["choices"]?.array?.first?["message"]
        #expect(message?["role"] == "assistant")
        #expect(message?["content"]?.string?.isEmpty == false)
        #expect((1...8).contains(json["usage"]?["completion_tokens"]?.integer ?? 0))
        #expect(json["model"] == "smollm2-135m-instruct")

        request["stream"] = true
        let stream = try await models.post(
            url + "/chat/completions", key: key, body: JSONValue.object(request).canonicalText)
        #expect(stream.contains("data: {") && stream.contains("data: [DONE]"))
        #expect(try await models.post(url + "/chat/completions", key: "guess").hasSuffix("401"))
    }
}
