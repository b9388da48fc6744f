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
    @concurrent
    package init(
        _ corpus: Corpus, chunking: PipelineConfiguration.Chunking, counter: any TokenCounter
    ) async {
        let chunker: any Chunker =
            switch chunking {
            case .tokens(let size, let overlap): TokenChunker(size: size, overlap: overlap, counter: counter)
            case .structure(let maximum): StructureChunker(maximumTokens: maximum, counter: counter)
            }
        let all = corpus.documents
        let cut = await withTaskGroup(of: (start: Int, chunks: [[Chunk]]).self) { group in
            for start in stride(from: 0, to: all.count, by: Self.slab) {
                group.addTask {
                    (start, all[start..<min(start + Self.slab, all.count)].map { chunker.chunks(of: $0) })
                }
            }
            return await group.reduce(into: [[Chunk]](repeating: [], count: all.count)) { result, slab in
                result.replaceSubrange(slab.start..<slab.start + slab.chunks.count, with: slab.chunks)
            }
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

    /// The texts that are indexed: the chunks', with title and headings in front where asked for.
    package func indexedTexts(in corpus: Corpus, withHeader: Bool) -> [String] {
        guard withHeader else { return chunks.map(\.text) }
        return zip(chunks, documents).map { chunk, document in
            ContextualHeader.indexText(of: chunk, title: corpus.documents[document].title)
        }
    }
}
