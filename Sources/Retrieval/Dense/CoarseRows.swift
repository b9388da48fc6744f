internal import CVectors

/// A copy of an index's rows in one byte a number, with what is lost by it: finds the few rows that can be among the
/// best by reading a quarter of the memory, which is what a search waits for.
///
/// With q and r the query and a row, q' and r' their copies, |q·r − q'·r'| ≤ |q − q'| |r| + |q'| |r − r'|. A row whose
/// upper bound is below the k-th greatest lower bound is not among the k best, so nothing is missed.
struct CoarseRows: Sendable {
    private let length: Int
    private let bytes: [Int8]
    private let scales: [Float]
    private let norms: [Float]
    private let errors: [Float]
    /// How many bytes it holds.
    var byteCount: Int { bytes.count + (scales.count + norms.count + errors.count) * MemoryLayout<Float>.stride }

    /// Copies rows.
    init(_ matrix: Matrix) {
        length = matrix.columns
        let (count, length) = (matrix.rows, matrix.columns)
        var scales: [Float] = []
        var norms = [Float](repeating: 0, count: count)
        var errors = norms
        scales.reserveCapacity(count)
        bytes = Array(unsafeUninitializedCapacity: matrix.values.count) { buffer, written in
            matrix.values.withUnsafeBufferPointer { values in
                guard let start = buffer.baseAddress, let values = values.baseAddress else { return }
                for row in 0..<count {
                    let place = row * length
                    scales.append(
                        cvectors_round_i8(values + place, length, start + place, &norms[row], &errors[row]))
                }
            }
            written = matrix.values.count
        }
        self.scales = scales
        self.norms = norms
        self.errors = errors
    }

    /// The rows of a range that can be among its `limit` best, in order.
    func candidates(
        in rows: Range<Int>, for query: UnsafePointer<Float>, limit: Int, allowed: [Bool]?
    ) -> [Int] {
        let coarse = CoarseQuery(query, length: length)
        var lower = [Float](repeating: 0, count: rows.count)
        var upper = lower
        bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            scales.withUnsafeBufferPointer { scales in
                norms.withUnsafeBufferPointer { norms in
                    errors.withUnsafeBufferPointer { errors in
                        guard let scales = scales.baseAddress, let norms = norms.baseAddress,
                            let errors = errors.baseAddress
                        else { return }
                        let first = rows.lowerBound
                        cvectors_bounds_i8(
                            start + first * length, scales + first, norms + first, errors + first, rows.count, length,
                            coarse.bytes, coarse.scale, coarse.norm, coarse.error, &lower, &upper)
                    }
                }
            }
        }
        var best = TopHits(limit: limit, above: -.infinity)
        for position in 0..<rows.count where lower[position] > best.threshold {
            if allowed?[rows.lowerBound + position] ?? true { best.insert(chunk: position, score: lower[position]) }
        }
        // A bound may be met exactly, and sums of floats are rounded: a little below it is near enough.
        let floor = best.threshold - abs(best.threshold) * 1e-5 - 1e-5
        var positions = [UInt32](repeating: 0, count: rows.count)
        let found = cvectors_greater(upper, rows.count, floor, &positions)
        return positions[..<found].map { rows.lowerBound + Int($0) }.filter { allowed?[$0] ?? true }
    }
}

/// A query in one byte a number.
private struct CoarseQuery {
    var bytes: [Int8]
    var scale: Float
    /// The length of the copy.
    var norm: Float
    /// How far the copy is from the query.
    var error: Float

    init(_ query: UnsafePointer<Float>, length: Int) {
        bytes = [Int8](repeating: 0, count: length)
        (norm, error) = (0, 0)
        var exact: Float = 0
        scale = cvectors_round_i8(query, length, &bytes, &exact, &error)
        norm = exact + error
    }
}
