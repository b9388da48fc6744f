internal import CVectors

extension PostingLists {
    /// How many chunks are scored at a time: their sums stay in the cache next to the core.
    private static let blockLength = 4096

    /// Adds up the scores of all chunks, block by block.
    ///
    /// - Parameters:
    ///   - terms: are added in this order, so that a sum is rounded the same way however it comes about.
    ///   - body: is given the position of each block's first chunk, and the sums of its chunks.
    func forEachBlock(of terms: [Int32], _ body: (_ start: Int, _ sums: UnsafeBufferPointer<Float>) -> Void) {
        // Whole words of bits.
        let length = min(Self.blockLength, 32 * wordsPerTerm)
        guard length > 0 else { return }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: length) { sums in
            var next = terms.map { offsets[Int($0)] }
            for start in stride(from: 0, to: count, by: length) {
                sums.update(repeating: 0)
                let block = start..<min(start + length, count)
                add(terms, of: block, next: &next, to: sums)
                body(start, UnsafeBufferPointer(rebasing: sums[..<block.count]))
            }
        }
    }

    /// - Parameter next: of each rare term, the first posting that does not stand before the block; is moved behind it.
    private func add(
        _ terms: [Int32], of block: Range<Int>, next: inout [Int], to sums: UnsafeMutableBufferPointer<Float>
    ) {
        chunks.withUnsafeBufferPointer { chunks in
            scores.withUnsafeBufferPointer { scores in
                words.withUnsafeBufferPointer { words in
                    guard let scores = scores.baseAddress, let sums = sums.baseAddress else { return }
                    for (place, term) in terms.lazy.map(Int.init).enumerated() {
                        if term >= firstFrequent {
                            guard let words = words.baseAddress else { continue }
                            posting_kernels_add_bits(
                                words + (term - firstFrequent) * wordsPerTerm + block.lowerBound / 32,
                                (block.count + 31) / 32, scores + offsets[term], sums)
                        } else if let chunks = chunks.baseAddress {
                            next[place] += posting_kernels_add_list(
                                chunks + next[place], scores + next[place], offsets[term + 1] - next[place],
                                Int32(block.lowerBound), Int32(block.upperBound), sums)
                        }
                    }
                }
            }
        }
    }
}
