import AutoML
import Base
import RAG
import Testing

@Suite struct RAGSpaceTests {
    @Test(arguments: [true, false])
    func `the usual space is valid, and each of its configurations is a pipeline`(hasEncoder: Bool) throws {
        let space = try SearchSpace(RAGSpace.parameters(RAGOffer(encoders: hasEncoder ? ["a"] : []), overriding: [:]))
        let configurations = try #require(space.enumerated)
        #expect(configurations.count > 10)
        for configuration in configurations {
            #expect(try PipelineConfiguration(configuration).needsEncoder == (configuration["retriever"] != "bm25"))
        }
        #expect(hasEncoder || configurations.allSatisfy { $0["retriever"] == "bm25" && $0["fusion.k"] == nil })
    }

    @Test func `a project's values replace the usual ones, and one value fixes a parameter`() throws {
        let parameters = try RAGSpace.parameters(
            .anything, overriding: ["retriever": "dense", "chunk.size": [64, 512]])
        let space = try SearchSpace(parameters)
        let configurations = try #require(space.enumerated)
        #expect(Set(configurations.map { $0["chunk.size"]?.integer }) == [64, 512])
        #expect(configurations.allSatisfy { $0["retriever"] == "dense" && $0["bm25.k1"] == nil })
    }

    @Test func `a name that is no parameter is refused with the nearest that is`() {
        let error = #expect(throws: RAGError.self) {
            try RAGSpace.parameters(.anything, overriding: ["chunk.sise": 64])
        }
        #expect(error?.message.contains("Did you mean \"chunk.size\"?") == true)
    }

    @Test func `dense retrieval without an encoder is refused`() {
        #expect(throws: RAGError.self) {
            try RAGSpace.parameters(RAGOffer(), overriding: ["retriever": ["dense"]])
        }
    }

    @Test(arguments: [
        (
            ["chunker": "tokens", "chunk.size": 64, "chunk.overlap": 64, "retriever": "bm25"] as [String: JSONValue],
            "chunk.overlap"
        ),
        (
            ["chunker": "tokens", "chunk.size": 64, "retriever": "hybrid", "fusion": "convx"],
            "Did you mean \"convex\"?"
        ),
        (["chunker": "tokens", "chunk.size": 64, "retriever": "bm25", "reranker": "mnr"], "Did you mean \"mmr\"?"),
        (
            ["chunker": "tokens", "chunk.size": 64, "retriever": "bm25", "context.neighbours": -1],
            "context.neighbours"
        ),
        (["chunker": "tokns", "chunk.size": 64, "retriever": "bm25"], "Did you mean \"tokens\"?"),
        (["chunker": "tokens", "retriever": "bm25"], "chunk.size"),
        (["chunker": "tokens", "chunk.size": 64, "retriever": "bm25", "bm25.b": 1.5], "bm25.b"),
        (
            ["chunker": "tokens", "chunk.size": 64, "retriever": "bm25", "bm25.variant": "lucen"],
            "Did you mean \"lucene\"?"
        ),
    ])
    func `a configuration that makes no sense is refused by name`(values: [String: JSONValue], sentence: String) {
        let error = #expect(throws: RAGError.self) { try PipelineConfiguration(Configuration(values)) }
        #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
    }

    @Test func `a parameter that is not among the usual ones joins the space when it is named`() throws {
        let usual = try RAGSpace.parameters(.anything, overriding: [:]).map(\.name)
        #expect(!usual.contains("reranker") && !usual.contains("fusion"))
        let space = try SearchSpace(
            RAGSpace.parameters(
                .anything,
                overriding: [
                    "fusion": ["rrf", "convex"], "fusion.normalisation": ["min-max", "z-score"],
                    "reranker": ["none", "mmr"], "chunker": ["structure", "sentences", "semantic"], "chunk.parent": 512,
                    "bm25.variant": ["lucene", "bm25+"],
                ]))
        #expect(
            Set(space.parameters.map(\.name)).subtracting(usual) == [
                "fusion", "fusion.normalisation", "reranker", "chunk.parent", "bm25.variant",
            ])
        for configuration in try #require(space.enumerated).prefix(5000) {
            _ = try PipelineConfiguration(configuration)
            #expect((configuration["fusion.k"] == nil) == (configuration["fusion"] != "rrf"))
            #expect((configuration["fusion.normalisation"] != nil) == (configuration["fusion"] == "convex"))
        }
    }

    @Test(arguments: [
        (["fusion.normalisation": ["min-max", "z-score"]] as [String: JSONValue], "fusion is convex"),
        (["reranker.lambda": 0.5], "reranker is mmr"), (["semantic.window": 3], "chunker is semantic"),
    ])
    func `a parameter that could have no effect is refused`(values: [String: JSONValue], sentence: String) {
        let error = #expect(throws: RAGError.self) { try RAGSpace.parameters(.anything, overriding: values) }
        #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [["chunker": "semantic"], ["reranker": ["none", "mmr"]]] as [[String: JSONValue]])
    func `what needs vectors is refused without an encoder`(values: [String: JSONValue]) {
        let error = #expect(throws: RAGError.self) { try RAGSpace.parameters(RAGOffer(), overriding: values) }
        #expect(error?.code == .encoderMissing)
    }

    @Test func `several encoders are searched, one is not; a reranker's name waits for the reranker`() throws {
        let one = try RAGSpace.parameters(RAGOffer(encoders: ["a"], rerankers: ["r"]), overriding: [:])
        #expect(!one.contains { $0.name == "encoder" || $0.name == "reranker.model" })
        let offer = RAGOffer(encoders: ["a", "b"], rerankers: ["r", "s"])
        let space = try SearchSpace(
            RAGSpace.parameters(
                offer, overriding: ["reranker": ["none", "cross-encoder"], "retriever": ["bm25", "dense"]]))
        #expect(space.default["encoder"] == nil)
        let dense = try #require(space.enumerated).filter { $0["retriever"] == "dense" }
        #expect(Set(dense.map { $0["encoder"] }) == ["a", "b"])
        #expect(dense.allSatisfy { ($0["reranker.model"] == nil) == ($0["reranker"] == "none") })
        let error = #expect(throws: RAGError.self) {
            try RAGSpace.parameters(offer, overriding: ["encoder": ["a", "c"]])
        }
        #expect(error?.message.contains("names a, b") == true)
    }
}
