import Base
import FoundationEssentials
import Processes
import RAG
import Subprocess
import Testing

/// What a release's own code stands on.
@Suite(.timeLimit(.minutes(3))) struct OpenReleaseTests {
    @Test("It answers byte by byte as the release did when it was made", arguments: ["none", "all-minilm-l6-v2"])
    func answers(encoder: String) async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.installTinyModel()
            let yaml = try neo.read("p/neo.yaml").replacing("encoder: none", with: "encoder: \(encoder)")
            try neo.write("p/neo.yaml", yaml)
            try await neo.check("search", "p", "--trials", "2")
            try await neo.check("release", "build", "p", "--models")
            // Nothing but the folder.
            try await neo.shell("cp -r p/release/1 alone; rm -r p docs home")
            let release = try await OpenRelease(folder: neo.folder + "/alone")
            #expect(release.number == 1)
            let rows = try neo.read("alone/tests/golden.jsonl").split(separator: "\n").map {
                try JSONValue(parsing: String($0))
            }
            #expect(rows.count == 4)
            for row in rows {
                let question = try #require(row["question"]?.string)
                let passages = try await release.passages(for: question)
                #expect(passages.map(\.id) == row["passages"]?.array?.compactMap(\.string))
                #expect(try await release.answer(question).hash == row["answer"]?.string)
            }
            let hasVectors = FileManager.default.fileExists(atPath: neo.folder + "/alone/index/vectors.f32")
            #expect(hasVectors == (encoder != "none"))
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
}
