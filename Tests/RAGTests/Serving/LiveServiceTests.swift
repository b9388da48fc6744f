import AutoML
import Base
import Retrieval
import Testing

@testable import RAG

@Suite struct LiveServiceTests {
    private func service(_ values: [String: JSONValue]) async throws -> LiveService {
        let configuration = PipelineFixture.configuration(values)
        let pipeline = try await PipelineFixture.library().pipeline(PipelineConfiguration(configuration))
        return LiveService(pipeline: pipeline, encoder: PipelineFixture.WordEncoder(), summary: [:])
    }

    @Test(
        arguments: [
            [:], ["context.neighbours": 1], ["chunk.parent": 100],
            ["retriever": "hybrid", "context.deduplicate": true],
            ["reranker": "mmr"], ["chunker": "sentences", "bm25.title_weight": 1, "context.budget": 20],
        ] as [[String: JSONValue]])
    func `every passage stands in its file where it says, and no two overlap`(values: [String: JSONValue]) async throws
    {
        let passages = try await service(values).retrieve(Query("tea and coffee water", limit: 5))
        #expect(!passages.isEmpty && passages.count <= 5)
        for passage in passages {
            let text = try #require(PipelineFixture.corpus[passage.document]?.text)
            #expect(text.utf8Slice(passage.range) == passage.text)
            #expect(passage.line == LineIndex(text).line(at: passage.range.lowerBound))
            #expect(passage.id == "\(passage.document)#\(passage.range.lowerBound)-\(passage.range.upperBound)")
        }
        if values["chunker"] == nil {
            for (position, passage) in passages.enumerated() {
                let others = passages[..<position].filter { $0.document == passage.document }
                #expect(others.allSatisfy { !$0.range.overlaps(passage.range) })
            }
        }
        #expect(zip(passages, passages.dropFirst()).allSatisfy { $0.score >= $1.score })
    }

    @Test func `an answer quotes a widened passage`() async throws {
        let answer = try await service(["context.neighbours": 1]).answer(Query("How many minutes does black tea want?"))
        #expect(answer.quotes.first?.text == "Black tea wants four minutes.")
    }
}
