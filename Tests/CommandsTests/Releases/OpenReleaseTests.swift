import Base
import FoundationEssentials
import Processes
import RAG
import Subprocess
import Testing

/// What a release's own code stands on.
@Suite(.timeLimit(.minutes(3))) struct OpenReleaseTests {
    /// Builds a release and leaves nothing but its folder, at another place: no project, no documents, no model store.
    private func withReleaseAlone(
        encoder: String = "none", trials: Int = 1, _ body: (NeoProcess, _ folder: String) async throws -> Void
    ) async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.installTinyModel()
            let yaml = try neo.read("p/neo.yaml").replacing("encoder: none", with: "encoder: \(encoder)")
            try neo.write("p/neo.yaml", yaml)
            try neo.write("p/golden.jsonl", try neo.read("p/golden.jsonl") + Self.followUp)
            try await neo.check("search", "p", "--trials", "\(trials)")
            try await neo.check("release", "build", "p", "--models")
            try await neo.shell("cp -r p/release/1 alone; rm -r p docs home")
            try await body(neo, neo.folder + "/alone")
        }
    }

    private static let followUp = """
        {"id": "f", "question": "And of what heat?", "history": [{"role": "user", "content": "How long does green tea steep?"}, {"role": "assistant", "content": "Two minutes."}], "evidence": [{"document": "tea.md", "quote": "eighty degrees"}]}

        """

    @Test(
        "It answers byte by byte as the release did when it was made, and as neo serve does",
        arguments: [
            "none", "all-minilm-l6-v2",
        ])
    func answers(encoder: String) async throws {
        try await withReleaseAlone(encoder: encoder, trials: 2) { neo, folder async throws in
            let hasVectors = FileManager.default.fileExists(atPath: folder + "/index/vectors.f32")
            #expect(hasVectors == (encoder != "none"))
            let release = try await OpenRelease(folder: folder)
            #expect(release.number == 1)
            let rows = try neo.read("alone/tests/golden.jsonl").split(separator: "\n").map {
                try JSONValue(parsing: String($0))
            }
            #expect(rows.count == 5)
            let served = try await neo.serve(command: ["serve", "alone"]) { server async throws in
                for row in rows {
                    let question = try #require(row["question"]?.string)
                    let turns = row["history"]?.array ?? []
                    let history = turns.map {
                        OpenRelease.Turn(isAnswer: $0["role"] == "assistant", text: $0["content"]?.string ?? "")
                    }
                    let passages = try await release.passages(for: question, after: history)
                    #expect(passages.map(\.id) == row["passages"]?.array?.compactMap(\.string))
                    let reply = try await release.answer(question, after: history)
                    #expect(reply.hash == row["answer"]?.string)
                    let body = JSONValue.object([
                        "query": .string(question), "history": .array(turns),
                    ]).canonicalText
                    let said = try await RawConnection.reply(
                        server.port,
                        to: "POST /v1/answer HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)")
                    #expect(said.split(separator: "\r\n\r\n", maxSplits: 1).last.map(String.init) == reply.json)
                }
                try server.stop()
            }
            #expect(served.status == 0, "\(served.errorOutput)")
        }
    }

    @Test func `without the weights it says how to bring them along`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.installTinyModel()
            let yaml = try neo.read("p/neo.yaml").replacing("encoder: none", with: "encoder: all-minilm-l6-v2")
            try neo.write("p/neo.yaml", yaml)
            try await neo.check("search", "p", "--trials", "1")
            try await neo.check("release", "build", "p")
            let folder = neo.folder + "/p/release/1"
            let error = await #expect(throws: (any Error).self) { _ = try await OpenRelease(folder: folder) }
            #expect(error.map(sentence)?.contains("--models") == true)
            // Other weights under the same name are another model.
            try await neo.shell("rm -r home/models/*/*/model.safetensors; cp -r home/models other")
            let refused = try await neo.run("serve", "p", "--release", "1", "--port", "0")
            #expect(refused.status == 1)
        }
    }

    @Test func `what was changed, is missing or is no release is not answered from`() async throws {
        try await withReleaseAlone(encoder: "all-minilm-l6-v2") { neo, folder async throws in
            func refusal(_ script: String) async throws -> String {
                try await neo.shell("rm -rf bad; cp -r alone bad; cd bad; \(script)")
                let error = await #expect(throws: (any Error).self, "\(script)") {
                    _ = try await OpenRelease(folder: neo.folder + "/bad")
                }
                return error.map(sentence) ?? ""
            }
            for file in [
                "documents.jsonl", "configuration.json", "index/vectors.json", "index/vectors.f32",
                "models/encoder-1/model.safetensors",
            ] {
                let said = try await refusal("printf x >> \(file)")
                #expect(said.contains("\(file) was changed"), "\(said)")
                #expect(try await refusal("rm \(file)").contains(file))
            }
            // A manifest that names other places, and none at all.
            let elsewhere = try await refusal(
                "sed -i 's|\"models/encoder-1\"|\"../alone/models/encoder-1\"|' manifest.json")
            #expect(elsewhere.contains("is not among its files"), "\(elsewhere)")
            #expect(try await refusal("echo '{}' > manifest.json").contains("no manifest of a release"))
            #expect(try await refusal("rm manifest.json").contains("manifest.json"))
        }
    }
}
