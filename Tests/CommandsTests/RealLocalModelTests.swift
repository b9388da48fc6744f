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

    @Test func `ask answers with a model of this machine without any key, and costs shows what it took`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try await RealLocalModel.link(into: neo)
            let question = "How long do I steep green tea?"
            let ask = ["ask", question, "p", "--generator", "smollm2-135m-instruct", "--json"]
            do {
                let first = try JSONValue(parsing: try await neo.run(through: [], ask).output)
                let generated = try #require(first["generated"])
                #expect(generated["text"]?.string?.isEmpty == false)
                #expect(generated["model"] == "smollm2-135m-instruct")
                #expect(first["usage"]?["outputTokens"]?.integer ?? 0 > 0)
                // The same question again is answered from the recording, piece by piece the same.
                #expect(try JSONValue(parsing: try await neo.run(through: [], ask).output)["generated"] == generated)
            } catch {
                _ = try await neo.run("models", "stop")
                throw error
            }
            #expect(try await neo.run("models", "stop").status == 0)
            let replayed = try await neo.run(through: [], ask + ["--replay-only"])
            #expect(replayed.status == 0)
            let other = try await neo.run(
                "ask", "What grind does a moka pot want?", "p", "--generator", "smollm2-135m-instruct", "--replay-only")
            #expect(other.status == 1 && other.errorOutput.contains("recorded"), "\(other.errorOutput)")
            let costs = try JSONValue(parsing: try await neo.check("costs", "p", "--json").output)["together"]
            #expect(costs?["calls"]?.integer == 3 && costs?["dollars"] == 0, "\(costs?.canonicalText ?? "")")
        }
    }

    @Test func `a budget that is used up stops the call, and says how to go on`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try await RealLocalModel.link(into: neo)
            try neo.write("p/neo.yaml", try neo.read("p/neo.yaml") + "budget: {tokens: 10}\n")
            let result = try await neo.run(
                "ask", "How long do I steep green tea?", "p", "--generator", "smollm2-135m-instruct")
            #expect(result.status == 1)
            #expect(
                result.errorOutput.contains("The budget `neo.yaml` of 10 tokens is used up"), "\(result.errorOutput)")
        }
    }

    @Test func `A model that knows no tools calls one in the role of an agent`() async throws {
        try await RealLocalModel.with { models in
            try models.neo.write("home/config.yaml", "roles: {agent: local/smollm2-135m-instruct}\n")
            let trial = try JSONValue(parsing: try await models.run("test", "agent", "--tools", "--json").output)
            #expect(trial["tools"]?["passed"] == true)
            #expect(trial["tools"]?["style"] == "described")
        }
    }
}
