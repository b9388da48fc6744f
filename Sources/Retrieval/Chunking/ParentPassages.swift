internal import Base

/// Small chunks that are found, and the larger passages around them that are returned.
///
/// Parents are what the document would be cut into with the larger limit. A chunk belongs to the parent in which it
/// begins; where it reaches beyond that, the parent reaches as far.
public struct ParentPassages: Sendable {
    /// The parents, by document, then by place.
    public let parents: [Chunk]
    /// The parent of each chunk, by position.
    public let parentOfChunk: [Int]

    /// Puts chunks, by document and place, below the parents of one document each.
    ///
    /// - Parameters:
    ///   - chunks: the chunks of each document.
    ///   - documents: the documents, as many.
    ///   - parents: cuts a document into parents.
    public init(chunks: [[Chunk]], documents: [Document], parents chunker: some Chunker) {
        precondition(chunks.count == documents.count, "each document has its chunks")
        var parents: [Chunk] = []
        var parentOfChunk: [Int] = []
        for (children, document) in zip(chunks, documents) where !children.isEmpty {
            let cut = chunker.chunks(of: document)
            var place = 0
            var last: Int?
            for child in children {
                while place + 1 < cut.count, cut[place + 1].range.lowerBound <= child.range.lowerBound { place += 1 }
                // Where nothing was cut, a chunk is its own parent.
                let candidate = cut.isEmpty ? child : cut[place]
                if last != place || cut.isEmpty {
                    parents.append(candidate)
                    last = place
                }
                Self.widen(&parents[parents.count - 1], to: child, in: document)
                parentOfChunk.append(parents.count - 1)
            }
        }
        self.parents = parents
        self.parentOfChunk = parentOfChunk
    }

    /// The parents of ranked chunks, each once, with the score and the place of its best chunk.
    public func parents(of hits: [Hit]) -> [(parent: Int, best: Hit)] {
        var seen: Set<Int> = []
        return hits.compactMap { hit in
            let parent = parentOfChunk[hit.chunk]
            return seen.insert(parent).inserted ? (parent, hit) : nil
        }
    }

    private static func widen(_ parent: inout Chunk, to child: Chunk, in document: Document) {
        let range =
            min(parent.range.lowerBound, child.range.lowerBound)..<max(parent.range.upperBound, child.range.upperBound)
        guard range != parent.range else { return }
        parent.range = range
        parent.text = document.text.utf8Slice(range)
    }
}
