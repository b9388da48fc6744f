/// Finds the rows of a matrix with the greatest inner product: exact, by looking at all of them.
///
/// With rows and queries of length 1 the score is the cosine. A batch gives each query the very scores that it gets
/// alone.
public struct FlatIndex: Sendable {
    /// How many rows are scored before the next query of a batch: they stay in the cache meanwhile.
    private static let rowsPerBlock = 64

    /// The rows; a row's position is the chunk's number in the hits.
    public let matrix: Matrix

    /// An index over the rows of a matrix.
    public init(matrix: Matrix) {
        self.matrix = matrix
    }

    /// How many rows there are.
    public var count: Int { matrix.rows }
    /// The length of a row.
    public var dimension: Int { matrix.columns }

    /// The best rows for a query, best first; equal scores by position.
    ///
    /// - Parameters:
    ///   - query: a vector of the rows' length.
    ///   - limit: how many hits at most.
    ///   - allowed: by position, whether a row may be found; all may, where nil.
    public func search(_ query: [Float], limit: Int, allowed: [Bool]? = nil) -> [Hit] {
        search(Matrix(columns: dimension, values: query), limit: limit, allowed: allowed).first ?? []
    }

    /// The best rows for each row of `queries`; see the search for one.
    public func search(_ queries: Matrix, limit: Int, allowed: [Bool]? = nil) -> [[Hit]] {
        precondition(queries.columns == dimension, "a query is as long as a row")
        precondition(allowed.map { $0.count == count } ?? true, "`allowed` has one entry a row")
        var best = [TopHits](repeating: TopHits(limit: limit, above: -.infinity), count: queries.rows)
        guard limit > 0 else { return best.map { _ in [] } }
        matrix.values.withUnsafeBufferPointer { rows in
            queries.values.withUnsafeBufferPointer { queries in
                guard let rows = rows.baseAddress, let queries = queries.baseAddress else { return }
                for start in stride(from: 0, to: count, by: Self.rowsPerBlock) {
                    let block = start..<min(start + Self.rowsPerBlock, count)
                    score(block, of: rows, queries, allowed: allowed, into: &best)
                }
            }
        }
        return best.map { $0.ranked() }
    }

    private func score(
        _ block: Range<Int>, of rows: UnsafePointer<Float>, _ queries: UnsafePointer<Float>,
        allowed: [Bool]?, into best: inout [TopHits]
    ) {
        var query = 0
        while query + 1 < best.count {
            let pair = (queries + query * dimension, queries + (query + 1) * dimension)
            for row in block where allowed?[row] ?? true {
                let (first, second) = InnerProduct.ofPair(rows + row * dimension, pair.0, pair.1, dimension)
                if first > best[query].threshold { best[query].insert(chunk: row, score: first) }
                if second > best[query + 1].threshold { best[query + 1].insert(chunk: row, score: second) }
            }
            query += 2
        }
        guard query < best.count else { return }
        for row in block where allowed?[row] ?? true {
            let score = InnerProduct.of(rows + row * dimension, queries + query * dimension, dimension)
            if score > best[query].threshold { best[query].insert(chunk: row, score: score) }
        }
    }
}
