import AutoML
import Base
import Retrieval

@testable import RAG

/// A library over three short documents.
struct PipelineFixture {
    /// A vector by what a text is about, so that likeness is known.
    struct WordEncoder: TextEncoder {
        let identity = "words"
        let dimension = 4

        func encode(_ texts: [String]) async throws -> Matrix {
            Matrix(
                columns: 4,
                values: texts.flatMap { text -> [Float] in
                    let counts = ["tea", "coffee", "water"].map { word in
                        Float(text.lowercased().split { !$0.isLetter }.count { $0 == word })
                    }
                    let length = counts.reduce(0) { $0 + $1 * $1 }.squareRoot()
                    return length > 0 ? counts.map { $0 / length } + [0] : [0, 0, 0, 1]
                })
        }
    }

    static let corpus = Corpus([
        document(
            "tea.md",
            [
                "Green tea wants two minutes.", "Black tea wants four minutes.", "Any tea wants soft water.",
                "Then enjoy it with good old friends.",
            ]),
        document("coffee.md", ["Coffee wants a fine grind.", "A moka pot wants a low flame.", "Coffee likes water."]),
        document("water.md", ["Hard water dulls the taste.", "A filter takes out the lime."]),
    ])

    private static func document(_ name: String, _ paragraphs: [String]) -> Document {
        var text = ""
        var blocks: [Document.Block] = []
        for paragraph in paragraphs {
            let start = text.utf8.count
            text += paragraph
            blocks.append(Document.Block(kind: .paragraph, range: start..<text.utf8.count))
            text += "\n\n"
        }
        return Document(id: DocumentID(name), title: String(name.dropLast(3)), text: text, blocks: blocks)
    }

    static func library(
        scorer: (any PairScorer)? = nil, transforms: [String: any QueryTransform] = [:], hasEncoder: Bool = true
    ) -> IndexLibrary {
        IndexLibrary(
            corpus: corpus, counter: WordTokenCounter(),
            encoders: NamedModels(hasEncoder ? PassageEncoder(encoder: WordEncoder(), cache: nil) : nil),
            scorers: NamedModels(scorer),
            transforms: transforms)
    }

    /// One paragraph a chunk, found by BM25, unless something else is said.
    static func configuration(_ values: [String: JSONValue]) -> Configuration {
        let base: [String: JSONValue] = ["chunker": "structure", "chunk.size": 8, "retriever": "bm25"]
        return Configuration(base.merging(values) { $1 })
    }

    /// The texts that a configuration finds.
    static func texts(
        _ question: String, _ values: [String: JSONValue], limit: Int = 3, library: IndexLibrary = library()
    ) async throws -> [String] {
        let pipeline = try await library.pipeline(PipelineConfiguration(configuration(values)))
        let vector = try await WordEncoder().encode([question]).values
        let passages = try await pipeline.passages(question, vector: vector[...], limit: limit)
        return pipeline.merged(passages).map(\.chunk.text)
    }
}
