internal import CVectors

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
        var best = TopHits(limit: limit, above: 0)
        postings.forEachBlock(of: numbers) { start, sums in
            sums.forEach(above: { best.threshold }) { place, score in
                guard score > best.threshold, allowed?[start + place] ?? true else { return }
                best.insert(chunk: start + place, score: score)
            }
        }
        return best.ranked().raised(by: base(numbers))
    }

    /// The score of every chunk, by position; without any of the terms 0, or what ``BM25Variant`` says instead.
    public func scores(_ terms: [String]) -> [Float] {
        var all: [Float] = []
        all.reserveCapacity(count)
        let numbers = terms.compactMap { vocabulary[$0] }
        let base = base(numbers)
        postings.forEachBlock(of: numbers) { _, sums in all += sums.lazy.map { $0 + base } }
        return all
    }

    private func base(_ terms: [Int32]) -> Float {
        let frequencies = terms.lazy.map { postings.frequency(of: Int($0)) }
        return BM25Weighting.base(variant, frequencies: frequencies, of: count, k1: k1)
    }
}

extension UnsafeBufferPointer<Float> {
    /// Hands over the elements above a threshold, in order; nearly always there are few.
    ///
    /// - Parameter threshold: is asked for now and then. Between, elements come that are no longer above it.
    func forEach(above threshold: () -> Float, _ body: (_ place: Int, _ value: Float) -> Void) {
        let step = 256
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: step) { places in
            guard let base = baseAddress, let first = places.baseAddress else { return }
            for start in stride(from: 0, to: count, by: step) {
                let found = cvectors_greater(base + start, Swift.min(step, count - start), threshold(), first)
                for place in places[..<found] { body(start + Int(place), base[start + Int(place)]) }
            }
        }
    }
}
