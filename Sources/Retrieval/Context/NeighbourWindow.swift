internal import Base

/// Widens a hit by the chunks around it.
public enum NeighbourWindow {
    /// The passage from `reach` chunks before a chunk to `reach` chunks behind it, as far as its document goes.
    ///
    /// - Parameters:
    ///   - position: the chunk.
    ///   - reach: how many chunks to either side; 0 gives the chunk itself.
    ///   - chunks: all chunks, by document, then by place.
    ///   - text: the whole text of the chunk's document.
    public static func passage(around position: Int, reach: Int, in chunks: [Chunk], text: String) -> Chunk {
        let centre = chunks[position]
        var range = centre.range
        for offset in 1...max(reach, 1) where reach > 0 {
            for neighbour in [position - offset, position + offset]
            where chunks.indices.contains(neighbour) && chunks[neighbour].document == centre.document {
                let other = chunks[neighbour].range
                range = min(range.lowerBound, other.lowerBound)..<max(range.upperBound, other.upperBound)
            }
        }
        guard range != centre.range else { return centre }
        return Chunk(
            document: centre.document, range: range, text: text.utf8Slice(range), headings: centre.headings)
    }
}
