/// How alike the text is on both sides of the boundaries between sentences.
enum SentenceBoundaries {
    /// The cosine at each boundary, between the means of the vectors of up to `window` sentences on either side.
    static func cosines(_ vectors: Matrix, rows: Range<Int>, window: Int) -> [Float] {
        guard rows.count > 1 else { return [] }
        return (rows.lowerBound + 1..<rows.upperBound).map { boundary in
            let before = sum(vectors, max(rows.lowerBound, boundary - window)..<boundary)
            let behind = sum(vectors, boundary..<min(rows.upperBound, boundary + window))
            let lengths = (product(before, before) * product(behind, behind)).squareRoot()
            return lengths > 0 ? product(before, behind) / lengths : 0
        }
    }

    /// The value below which so many per cent of the values lie, between the two nearest in proportion (numpy's
    /// `percentile`); nil where there are none.
    static func percentile(_ percentile: Double, of values: [Float]) -> Float? {
        let sorted = values.sorted()
        guard let last = sorted.indices.last else { return nil }
        let place = percentile / 100 * Double(last)
        let lower = min(Int(place), last)
        let upper = min(lower + 1, last)
        return sorted[lower] + Float(place - Double(lower)) * (sorted[upper] - sorted[lower])
    }

    private static func sum(_ vectors: Matrix, _ rows: Range<Int>) -> [Float] {
        var sum = Array(vectors[row: rows.lowerBound])
        for row in rows.dropFirst() {
            for (place, value) in vectors[row: row].enumerated() { sum[place] += value }
        }
        return sum
    }

    private static func product(_ left: [Float], _ right: [Float]) -> Float {
        zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
