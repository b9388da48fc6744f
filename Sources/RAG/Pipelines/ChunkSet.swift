package import Base
package import Retrieval

/// All chunks of a corpus under one way of cutting it.
package struct ChunkSet: Sendable {
    /// The chunks, by document, then by place.
    package let chunks: [Chunk]
    /// Names the content of the set.
    package let hash: ContentHash
    /// The position of each chunk's document in the corpus.
    package let documents: [Int]

    /// How many documents one task cuts.
    private static let slab = 64

    /// Cuts every document, many at the same time.
    ///
    /// - Throws: `RAGError` where the way of cutting needs an encoder and `passages` is nil, and what encoding throws.
    @concurrent
    package init(
        _ corpus: Corpus, chunking: PipelineConfiguration.Chunking, counter: any TokenCounter,
        passages: PassageEncoder? = nil
    ) async throws {
        let cut: [[Chunk]] =
            switch chunking {
            case .tokens(let size, let overlap):
                await Self.cut(corpus, by: TokenChunker(size: size, overlap: overlap, counter: counter))
            case .structure(let maximum):
                await Self.cut(corpus, by: StructureChunker(maximumTokens: maximum, counter: counter))
            case .sentences(let maximum, let overlap):
                await Self.cut(corpus, by: SentenceChunker(maximumTokens: maximum, overlap: overlap, counter: counter))
            case .semantic(let maximum, let minimum, let percentile, let window, _):
                try await SemanticChunker(
                    maximumTokens: maximum, minimumTokens: minimum, percentile: percentile, window: window,
                    counter: counter
                ).chunks(of: corpus.documents, encode: try Self.encoder(passages))
            }
        var documents: [Int] = []
        var builder = ContentHash.Builder()
        builder.add("chunks/1")
        builder.add(corpus.hash.hex)
        for (position, chunks) in cut.enumerated() {
            for chunk in chunks {
                documents.append(position)
                builder.add("\(position) \(chunk.range.lowerBound) \(chunk.range.upperBound)")
            }
        }
        chunks = cut.flatMap { $0 }
        self.documents = documents
        hash = builder.finish()
    }

    /// The chunks of each document of a corpus.
    package func chunksByDocument(count: Int) -> [[Chunk]] {
        var result = [[Chunk]](repeating: [], count: count)
        for (chunk, document) in zip(chunks, documents) { result[document].append(chunk) }
        return result
    }

    private static func cut(_ corpus: Corpus, by chunker: some Chunker) async -> [[Chunk]] {
        let all = corpus.documents
        return await withTaskGroup(of: (start: Int, chunks: [[Chunk]]).self) { group in
            for start in stride(from: 0, to: all.count, by: slab) {
                group.addTask { (start, all[start..<min(start + slab, all.count)].map { chunker.chunks(of: $0) }) }
            }
            return await group.reduce(into: [[Chunk]](repeating: [], count: all.count)) { result, slab in
                result.replaceSubrange(slab.start..<slab.start + slab.chunks.count, with: slab.chunks)
            }
        }
    }

    private static func encoder(
        _ passages: PassageEncoder?
    ) throws(RAGError) -> ([String]) async throws -> Matrix {
        guard let passages else {
            throw .encoderMissing("cuts where the subject changes", instead: "chunker: structure")
        }
        return { try await passages.encode($0) }
    }

    /// The texts that are indexed: the chunks', with title and headings in front where asked for.
    package func indexedTexts(in corpus: Corpus, withHeader: Bool) -> [String] {
        guard withHeader else { return chunks.map(\.text) }
        return zip(chunks, documents).map { chunk, document in
            ContextualHeader.indexText(of: chunk, title: corpus.documents[document].title)
        }
    }

    /// Title and headings of each chunk: the second field of an index with fields.
    package func titles(in corpus: Corpus) -> [String] {
        zip(chunks, documents).map { chunk, document in
            ([ContextualHeader.telling(corpus.documents[document].title)] + chunk.headings).joined(separator: "\n")
        }
    }
}
