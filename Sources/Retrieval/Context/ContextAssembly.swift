internal import Base

/// Makes the context that a reader gets of a ranked list of passages.
public enum ContextAssembly {
    /// Without the passages that say little new: those of whose text earlier ones hold more than half.
    ///
    /// What is kept may still overlap a little; ``merged(_:text:)`` then joins it. Gives positions in the list.
    public static func withoutRepetition(_ passages: [Chunk]) -> [Int] {
        var covered: [DocumentID: ByteRangeSet] = [:]
        return passages.indices.filter { position in
            let passage = passages[position]
            let known = covered[passage.document, default: ByteRangeSet()]
            guard 2 * known.count(in: passage.range) <= passage.range.count else { return false }
            _ = covered[passage.document, default: ByteRangeSet()].insert(passage.range)
            return true
        }
    }

    /// How many passages of a list fit into a number of tokens, text that several hold counted once.
    ///
    /// The first one always fits: an answer needs something to stand on.
    public static func count(
        of passages: [Chunk], within budget: Int, tokens: (DocumentID) -> TokenIndex
    ) -> Int {
        var covered: [DocumentID: ByteRangeSet] = [:]
        var context = 0
        for (position, passage) in passages.enumerated() {
            let index = tokens(passage.document)
            for part in covered[passage.document, default: ByteRangeSet()].insert(passage.range) {
                context += index.count(in: part)
            }
            if context > budget { return max(position, 1) }
        }
        return passages.count
    }

    /// Joins passages of one document that overlap or touch, with nothing but white space between them; each takes the
    /// place of the best of its parts.
    ///
    /// Gives each joined passage with the positions of its parts in the list, best first.
    public static func merged(
        _ passages: [Chunk], text: (DocumentID) -> String
    ) -> [(passage: Chunk, parts: [Int])] {
        var groups: [(range: Range<Int>, parts: [Int])] = []
        for (position, passage) in passages.enumerated() {
            var range = passage.range
            var parts = [position]
            // Joining may close the gap to another one, so look until nothing is left to join.
            while let other = groups.firstIndex(where: { group in
                passages[group.parts[0]].document == passage.document
                    && touches(group.range, range, in: text(passage.document))
            }) {
                range =
                    min(
                        range.lowerBound, groups[other].range.lowerBound)..<max(
                        range.upperBound, groups[other].range.upperBound)
                parts = (parts + groups[other].parts).sorted()
                groups.remove(at: other)
            }
            groups.append((range, parts))
        }
        return groups.sorted { $0.parts[0] < $1.parts[0] }.map { range, parts in
            let best = passages[parts[0]]
            guard range != best.range else { return (best, parts) }
            let whole = text(best.document).utf8Slice(range)
            return (Chunk(document: best.document, range: range, text: whole, headings: best.headings), parts)
        }
    }

    private static func touches(_ left: Range<Int>, _ right: Range<Int>, in text: String) -> Bool {
        let (first, second) = left.lowerBound <= right.lowerBound ? (left, right) : (right, left)
        guard second.lowerBound > first.upperBound else { return true }
        // Chunks leave out the blank lines between them, never more than a few bytes.
        guard second.lowerBound - first.upperBound <= 16 else { return false }
        return text.utf8Slice(first.upperBound..<second.lowerBound).utf8.allSatisfy(\.isASCIISpace)
    }
}
