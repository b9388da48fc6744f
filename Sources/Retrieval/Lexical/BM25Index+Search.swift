extension BM25Index {
    /// The best chunks for a query, best first; equal scores by position.
    ///
    /// - Parameters:
    ///   - terms: the query's terms, from the analyser that the chunks went through. A term that stands twice counts
    ///     twice; one that no chunk has is passed over.
    ///   - limit: how many hits at most. A chunk without any of the terms is no hit.
    ///   - allowed: by position, whether a chunk may be found; all may, where nil.
    public func search(_ terms: [String], limit: Int, allowed: [Bool]? = nil) -> [Hit] {
        precondition(allowed.map { $0.count == count } ?? true, "`allowed` has one entry a chunk")
        let numbers = terms.compactMap { vocabulary[$0] }
        guard !numbers.isEmpty, limit > 0 else { return [] }
        return accumulators.withZeros { sums in
            add(numbers, to: sums)
            var best = TopHits(limit: limit, above: 0)
            Self.collectAndClear(sums, allowed: allowed, into: &best)
            return best.ranked()
        }
    }

    /// The score of every chunk, by position; 0 without any of the terms.
    public func scores(_ terms: [String]) -> [Float] {
        var sums = [Float](repeating: 0, count: count)
        sums.withUnsafeMutableBufferPointer { add(terms.compactMap { vocabulary[$0] }, to: $0) }
        return sums
    }

    private func add(_ terms: [Int32], to sums: UnsafeMutableBufferPointer<Float>) {
        chunks.withUnsafeBufferPointer { chunks in
            scores.withUnsafeBufferPointer { scores in
                for term in terms {
                    for posting in offsets[Int(term)]..<offsets[Int(term) + 1] {
                        sums[Int(chunks[posting])] += scores[posting]
                    }
                }
            }
        }
    }

    /// Looks at 16 sums at a time: nearly always all are below the threshold.
    private static func collectAndClear(
        _ sums: UnsafeMutableBufferPointer<Float>, allowed: [Bool]?, into best: inout TopHits
    ) {
        guard let base = UnsafeMutableRawPointer(sums.baseAddress) else { return }
        for start in stride(from: 0, to: sums.count, by: 16) {
            let place = base + 4 * start
            let vector = place.loadUnaligned(as: SIMD16<Float>.self)
            let eight = pointwiseMax(vector.lowHalf, vector.highHalf)
            let four = pointwiseMax(eight.lowHalf, eight.highHalf)
            if any(four .> best.threshold) {
                for lane in 0..<16 where vector[lane] > best.threshold && allowed?[start + lane] ?? true {
                    best.insert(chunk: start + lane, score: vector[lane])
                }
            }
            place.storeBytes(of: .zero, as: SIMD16<Float>.self)
        }
    }
}
