import Base
import Retrieval
import Testing

@Suite struct SemanticChunkerTests {
    /// Texts about cats and texts about tax lie at right angles; a little of the text's length makes them differ.
    private struct SubjectEncoder: TextEncoder {
        let identity = "subject"
        let dimension = 2

        func encode(_ texts: [String]) async throws -> Matrix {
            Matrix(columns: 2, values: texts.flatMap { $0.contains("cat") ? [1, Float(0)] : [0, Float(1)] })
        }
    }

    private let text = document(
        (
            .paragraph,
            "The cat sleeps. A cat eats. One cat plays. The tax is due. A tax is paid. No tax is fun. The cat is back."
        )
    )

    private func texts(_ chunker: SemanticChunker, _ documents: [Document]) async throws -> [[String]] {
        try await chunker.chunks(of: documents, encoder: SubjectEncoder()).map { $0.map(\.text) }
    }

    @Test func `a document is cut where its subject changes`() async throws {
        let chunker = SemanticChunker(maximumTokens: 100, percentile: 20, window: 1, counter: WordTokenCounter())
        #expect(
            try await texts(chunker, [text, text])
                == Array(
                    repeating: [
                        "The cat sleeps. A cat eats. One cat plays.", "The tax is due. A tax is paid. No tax is fun.",
                        "The cat is back.",
                    ], count: 2))
    }

    @Test func `a chunk below the minimum goes on, and one above the maximum is cut`() async throws {
        let large = SemanticChunker(
            maximumTokens: 100, minimumTokens: 20, percentile: 20, window: 1, counter: WordTokenCounter())
        #expect(
            try await texts(large, [text]) == [
                [
                    "The cat sleeps. A cat eats. One cat plays. The tax is due. A tax is paid. No tax is fun.",
                    "The cat is back.",
                ]
            ])
        let small = SemanticChunker(maximumTokens: 8, percentile: 0, window: 1, counter: WordTokenCounter())
        let pieces = try await texts(small, [text])[0]
        #expect(pieces.allSatisfy { WordTokenCounter().tokenRanges(in: $0).count <= 8 })
        #expect(pieces.joined(separator: " ") == text.text.prefix { $0 != "\n" })
    }

    @Test func `texts of one sentence and of none are cut too`() async throws {
        let chunker = SemanticChunker(maximumTokens: 50, counter: WordTokenCounter())
        let one = document((.paragraph, "Only this."))
        let none = Document(id: DocumentID("e"), title: "", text: "", blocks: [])
        #expect(try await texts(chunker, [none, one, none]) == [[], ["Only this."], []])
    }

    @Test func `a long document of one subject is cut by its size alone`() async throws {
        let sentences = (0..<3000).map { "Cat \($0) sleeps." }.joined(separator: " ")
        let chunker = SemanticChunker(maximumTokens: 64, percentile: 0, counter: WordTokenCounter())
        let chunks = try await texts(chunker, [document((.paragraph, sentences))])[0]
        #expect(chunks.allSatisfy { WordTokenCounter().tokenRanges(in: $0).count <= 64 })
        #expect(chunks.joined(separator: " ") == sentences)
    }
}
