import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// Several encoders and a reranker of the user's own, named in neo.yaml.
@Suite struct ModelChoiceTests {
    @Test func `a search chooses among encoders and rerankers in folders, and its winner answers`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.installTinyModel()
            try TinyModel(seed: 2).write(to: neo.folder + "/p/models/small")
            try TinyModel(seed: 3).withPairHead().write(to: neo.folder + "/models/pairs")
            try neo.write(
                "p/neo.yaml",
                """
                documents: [../docs/*.md]
                encoder:
                  - all-minilm-l6-v2
                  - {path: models/small, query_prefix: "swift: ", precision: auto, name: small}
                reranker: ../models/pairs
                search: {sampler: grid, trials: 100}
                space:
                  retriever: [dense]
                  reranker: [none, cross-encoder]
                  chunker: structure
                  chunk.size: 64

                """)
            try await neo.check("search", "p")
            let results = try JSONValue(parsing: try neo.read("p/results.json"))
            let trials = try #require(results["trials"]?.array)
            #expect(trials.allSatisfy { $0["state"]?.string == "complete" })
            let encoders = Set(trials.compactMap { $0["configuration"]?["encoder"]?.string })
            #expect(encoders == ["all-minilm-l6-v2", "small"])
            #expect(Set(trials.compactMap { $0["configuration"]?["reranker"]?.string }) == ["none", "cross-encoder"])
            let manifest = try JSONValue(parsing: try neo.read("p/manifest.json"))
            #expect(manifest["encoder"]?["small"]?.string?.contains("prefixes") == true)
            #expect(manifest["reranker"]?.string?.hasPrefix("pairs@") == true)
            // Random weights find something, and what they find is not weighed here.
            let answer = try await neo.run("ask", "How long does green tea stay in the pot?", "p", "--json")
            #expect(try JSONValue(parsing: answer.output)["passages"]?.array?.isEmpty == false)
        }
    }

    @Test(arguments: [
        ("encoder: ./models/none", "There is no model's folder"),
        ("encoder: [all-minilm-l6-v2, ../docs/]", "has no model.safetensors"),
        ("space:\n  encoder: [all-minilm-l6-v3]", "Did you mean \"all-minilm-l6-v2\"?"),
        ("space:\n  reranker: [cross-encoder]", "`reranker:` in neo.yaml"),
        ("reranker: all-minilm-l6-v2\nspace:\n  reranker: [cross-encoder]", "a model that scores pairs?"),
    ])
    func `a model that cannot be used is said before the search begins`(yaml: String, sentence: String) async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.installTinyModel()
            try neo.write("p/neo.yaml", "documents: [../docs/*.md]\n\(yaml)\n")
            let search = try await neo.run("search", "p", "--trials", "2")
            #expect(search.status != 0)
            #expect(search.errorOutput.contains(sentence), "\(search.errorOutput)")
        }
    }
}
