/// The dense half of a pipeline: exact up to a million rows, a graph above that.
public enum DenseIndex: Sendable {
    /// Looks at every row.
    case flat(FlatIndex)
    /// Walks a graph of neighbours.
    case graph(HNSWIndex)

    /// From so many rows on, looking at all of them takes longer than a user waits.
    public static let rowsForGraph = 1_000_000

    /// An index over the rows of a matrix, all of length 1.
    ///
    /// - Parameters:
    ///   - matrix: one row a chunk.
    ///   - storage: how a flat index keeps the numbers; a graph keeps them in 32 bits.
    ///   - rowsForGraph: from so many rows on a graph is built.
    /// - Throws: `RetrievalError` where there is no memory for a graph; `CancellationError`.
    public init(matrix: Matrix, storage: VectorStorage = .float32, rowsForGraph: Int = Self.rowsForGraph) throws {
        self =
            matrix.rows < rowsForGraph
            ? .flat(FlatIndex(matrix: matrix, storage: storage)) : .graph(try HNSWIndex(matrix: matrix))
    }

    /// The best rows for a query, best first; see `FlatIndex` and `HNSWIndex`.
    public func search(_ query: [Float], limit: Int, allowed: [Bool]? = nil) throws(RetrievalError) -> [Hit] {
        switch self {
        case .flat(let index): index.search(query, limit: limit, allowed: allowed)
        case .graph(let index): try index.search(query, limit: limit, allowed: allowed)
        }
    }

    /// A row as it is kept.
    public subscript(row row: Int) -> [Float] {
        switch self {
        case .flat(let index): index[row: row]
        case .graph(let index): index[row: row]
        }
    }

    /// The inner product of two rows.
    public func product(ofRow left: Int, withRow right: Int) -> Float {
        switch self {
        case .flat(let index): index.product(ofRow: left, withRow: right)
        case .graph(let index): zip(index[row: left], index[row: right]).reduce(0) { $0 + $1.0 * $1.1 }
        }
    }
}
