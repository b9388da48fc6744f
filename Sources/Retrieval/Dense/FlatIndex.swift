internal import CVectors
internal import CoreDNN

/// Finds the rows of a matrix with the greatest inner product: exact, by looking at all of them.
///
/// With rows and queries of length 1 the score is the cosine. A batch gives each query the very hits and scores that
/// it gets alone, and so does any number of threads.
///
/// One query alone waits for memory: of many rows in 32-bit floats a copy in bytes is read first, which tells the
/// few rows whose products are worth computing. Many queries share what they read: a matrix product finds the rows
/// that matter, whose products are then computed as for one query.
public struct FlatIndex: Sendable {
    /// So many rows are scored by a matrix product, in one block, before the next block is read.
    private static let rowsPerBlock = 512
    /// From so many queries on a matrix product is worth its second look.
    private static let queriesPerProduct = 4
    /// From so many rows on a coarse copy is worth its memory.
    static let rowsForCoarseCopy = 8192

    let rows: VectorRows
    private let coarse: CoarseRows?
    /// How many bytes its numbers hold.
    var bytes: Int { rows.byteCount + (coarse?.byteCount ?? 0) }
    /// The greatest length of a row: how much the rounding of a sum may be off depends on it.
    private let greatestNorm: Float

    /// An index over the rows of a matrix.
    ///
    /// - Parameters:
    ///   - matrix: one row a chunk, of finite numbers; the row's position is the chunk's number in the hits.
    ///   - storage: how the numbers are kept. `float32` needs a quarter more from 8,192 rows on, for a coarse copy.
    public init(matrix: Matrix, storage: VectorStorage = .float32) {
        rows = VectorRows(matrix, storage: storage)
        coarse = storage == .float32 && matrix.rows >= Self.rowsForCoarseCopy ? CoarseRows(matrix) : nil
        var greatest: Float = 0
        for row in 0..<matrix.rows {
            let squares = matrix[row: row].reduce(0) { $0 + $1 * $1 }
            greatest = max(greatest, squares)
        }
        greatestNorm = greatest.squareRoot()
    }

    /// How many rows there are.
    public var count: Int { rows.count }
    /// The length of a row.
    public var dimension: Int { rows.length }
    /// How the numbers are kept.
    public var storage: VectorStorage { rows.storage }

    /// A row as it is kept.
    public subscript(row row: Int) -> [Float] { rows.widened(row..<row + 1) }

    /// The inner product of two rows.
    public func product(ofRow left: Int, withRow right: Int) -> Float {
        var product: Float = 0
        rows.products(of: right..<right + 1, with: self[row: left], into: &product)
        return product
    }

    /// The best rows for a query, best first; equal scores by position.
    ///
    /// - Parameters:
    ///   - query: a vector of the rows' length.
    ///   - limit: how many hits at most.
    ///   - allowed: by position, whether a row may be found; all may, where nil. Applied before ranking.
    public func search(_ query: [Float], limit: Int, allowed: [Bool]? = nil) -> [Hit] {
        search(Matrix(columns: dimension, values: query), limit: limit, allowed: allowed).first ?? []
    }

    /// The best rows for each row of `queries`; see the search for one.
    public func search(_ queries: Matrix, limit: Int, allowed: [Bool]? = nil) -> [[Hit]] {
        check(queries, allowed)
        return scan(0..<count, queries, limit: limit, allowed: allowed).map { $0.ranked() }
    }

    /// The same, with the rows divided among tasks that run beside each other.
    @concurrent
    public func search(_ queries: Matrix, limit: Int, allowed: [Bool]? = nil, tasks: Int) async -> [[Hit]] {
        check(queries, allowed)
        let size = max((count + max(tasks, 1) - 1) / max(tasks, 1), 1)
        let parts = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
        let found = await withTaskGroup(of: (part: Int, best: [[Hit]]).self) { group in
            for (position, part) in parts.enumerated() {
                group.addTask {
                    (position, scan(part, queries, limit: limit, allowed: allowed).map { $0.ranked() })
                }
            }
            return await group.reduce(into: [[[Hit]]](repeating: [], count: parts.count)) { $0[$1.part] = $1.best }
        }
        return (0..<queries.rows).map { query in
            Array(found.flatMap { $0[query] }.sorted(by: Hit.ranksBefore).prefix(max(limit, 0)))
        }
    }

    private func check(_ queries: Matrix, _ allowed: [Bool]?) {
        precondition(queries.columns == dimension, "a query is as long as a row")
        precondition(allowed.map { $0.count == count } ?? true, "`allowed` has one entry a row")
    }

    private func scan(_ part: Range<Int>, _ queries: Matrix, limit: Int, allowed: [Bool]?) -> [TopHits] {
        var best = [TopHits](repeating: TopHits(limit: limit, above: -.infinity), count: queries.rows)
        guard limit > 0, !part.isEmpty else { return best }
        queries.values.withUnsafeBufferPointer { values in
            guard let start = values.baseAddress else { return }
            if best.count >= Self.queriesPerProduct,
                scanByProducts(part, start, allowed: allowed, into: &best)
            {
                return
            }
            for query in best.indices {
                scan(part, start + query * dimension, allowed: allowed, limit: limit, into: &best[query])
            }
        }
        return best
    }

    /// One query.
    private func scan(
        _ part: Range<Int>, _ query: UnsafePointer<Float>, allowed: [Bool]?, limit: Int, into best: inout TopHits
    ) {
        if let coarse, limit <= part.count / 16 {
            var score: Float = 0
            for row in coarse.candidates(in: part, for: query, limit: limit, allowed: allowed) {
                rows.products(of: row..<row + 1, with: query, into: &score)
                if score > best.threshold { best.insert(chunk: row, score: score) }
            }
            return
        }
        var products = [Float](repeating: 0, count: Self.rowsPerBlock)
        for start in stride(from: part.lowerBound, to: part.upperBound, by: Self.rowsPerBlock) {
            let block = start..<min(start + Self.rowsPerBlock, part.upperBound)
            rows.products(of: block, with: query, into: &products)
            for row in block where products[row - start] > best.threshold {
                if allowed?[row] ?? true { best.insert(chunk: row, score: products[row - start]) }
            }
        }
    }

    /// Many queries; false where the matrix library refuses, with nothing done.
    private func scanByProducts(
        _ part: Range<Int>, _ queries: UnsafePointer<Float>, allowed: [Bool]?, into best: inout [TopHits]
    ) -> Bool {
        let (length, most) = (dimension, Self.rowsPerBlock)
        // Two orders of adding up the same products differ by at most this for a query of length 1.
        let rounding = Float(length) * 2 * .ulpOfOne * greatestNorm
        let margins = best.indices.map { query -> Float in
            var squares: Float = 0
            for place in 0..<length { squares += queries[query * length + place] * queries[query * length + place] }
            return rounding * squares.squareRoot()
        }
        var scores = [Float](repeating: 0, count: best.count * most)
        var room = [Float](repeating: 0, count: storage == .float32 ? 1 : most * length)
        var positions = [UInt32](repeating: 0, count: most)
        for start in stride(from: part.lowerBound, to: part.upperBound, by: most) {
            let block = start..<min(start + most, part.upperBound)
            let status = rows.withFloats(block, room: &room) { values in
                core_dnn_sgemm(
                    0, 1, best.count, block.count, length, 1, queries, length, values, length, 0, &scores, most)
            }
            // Only a first product can be refused: the others have the same shape or a smaller one.
            guard status == 0 else { return false }
            for query in best.indices {
                let floor = best[query].threshold - margins[query]
                let found = scores.withUnsafeBufferPointer { scores in
                    scores.baseAddress.map { cvectors_greater($0 + query * most, block.count, floor, &positions) } ?? 0
                }
                var score: Float = 0
                for position in positions[..<found] {
                    let row = start + Int(position)
                    guard allowed?[row] ?? true else { continue }
                    rows.products(of: row..<row + 1, with: queries + query * length, into: &score)
                    if score > best[query].threshold { best[query].insert(chunk: row, score: score) }
                }
            }
        }
        return true
    }
}
