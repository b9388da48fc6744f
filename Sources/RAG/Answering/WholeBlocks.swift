package import Retrieval

extension Document {
    /// How far, in bytes, a passage may grow on either side.
    private static let growth = 2000

    /// A passage's place, so widened that it cuts no paragraph, list or table in two; and so narrowed that it neither
    /// begins nor ends within a block of code.
    ///
    /// What is read of a passage that begins in the middle of a sentence is half a sentence, and what begins within a
    /// code block is code that looks like prose. A block that is much longer than the passage stays cut.
    package func wholeBlocks(around range: Range<Int>) -> Range<Int> {
        var (lower, upper) = (range.lowerBound, range.upperBound)
        // Blocks are in order and do not overlap.
        if let first = block(at: lower), first.range.lowerBound < lower {
            if first.kind == .code {
                lower = first.range.upperBound
            } else if lower - first.range.lowerBound <= Self.growth {
                lower = first.range.lowerBound
            }
        }
        if let last = block(at: upper - 1), last.range.upperBound > upper {
            if last.kind == .code {
                upper = last.range.lowerBound
            } else if last.range.upperBound - upper <= Self.growth {
                upper = last.range.upperBound
            }
        }
        return lower < upper ? lower..<upper : range
    }

    /// The block that a place belongs to.
    private func block(at place: Int) -> Block? {
        var (low, high) = (0, blocks.count)
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].range.upperBound <= place { low = middle + 1 } else { high = middle }
        }
        guard low < blocks.count, blocks[low].range.contains(place) else { return nil }
        return blocks[low]
    }
}
