internal import CHnsw

/// Finds rows with great inner products by walking a graph of neighbours: approximate, for more rows than an exact
/// search can look at.
///
/// Rows must have length 1, so that the nearest row is the one with the greatest product. What share of the exact
/// hits it finds (its recall) depends on the data and on `breadth`; measure it against `FlatIndex`.
///
/// Source: Y. A. Malkov, D. A. Yashunin, "Efficient and robust approximate nearest neighbor search using
/// hierarchical navigable small world graphs", IEEE TPAMI 2020; the graph is that of hnswlib.
public final class HNSWIndex: Sendable {
    /// How the graph is built and walked.
    public struct Options: Sendable, Hashable {
        /// M: how many links a row gets on each layer.
        public var links: Int
        /// efConstruction: how many candidates are kept while a row's links are looked for.
        public var buildBreadth: Int
        /// ef: how many candidates a search keeps; more find more, more slowly.
        public var breadth: Int

        /// Options.
        public init(links: Int = 16, buildBreadth: Int = 200, breadth: Int = 128) {
            self.links = links
            self.buildBreadth = buildBreadth
            self.breadth = breadth
        }
    }

    /// How many rows there are.
    public let count: Int
    /// The length of a row.
    public let dimension: Int
    /// How the graph is built and walked.
    public let options: Options
    /// Only read after the initializer, from any number of threads.
    private nonisolated(unsafe) let graph: OpaquePointer

    /// Builds a graph over the rows of a matrix, one after the other: equal rows and options give equal graphs.
    ///
    /// - Throws: `RetrievalError` where there is not enough memory; `CancellationError` when the task is cancelled.
    public init(matrix: Matrix, options: Options = Options()) throws {
        count = matrix.rows
        dimension = matrix.columns
        self.options = options
        guard
            let graph = chnsw_make(
                matrix.columns, max(matrix.rows, 1), max(options.links, 2), max(options.buildBreadth, 1), 7)
        else { throw Self.noMemory(matrix) }
        self.graph = graph
        try matrix.values.withUnsafeBufferPointer { values in
            guard let start = values.baseAddress else { return }
            for row in 0..<matrix.rows {
                if row % 256 == 0 { try Task.checkCancellation() }
                guard chnsw_add(graph, start + row * matrix.columns) == 0 else { throw Self.noMemory(matrix) }
            }
        }
    }

    deinit { chnsw_free(graph) }

    /// How many bytes its vectors and the lowest layer's links hold: of a row its numbers, 2 · M links and their count,
    /// and its name. The layers above have about one row in M.
    var bytes: Int { count * (dimension * 4 + (2 * max(options.links, 2) + 1) * 4 + 8) }

    /// A row.
    public subscript(row row: Int) -> [Float] {
        precondition(row >= 0 && row < count, "there is no such row")
        var values = [Float](repeating: 0, count: dimension)
        _ = chnsw_vector(graph, UInt32(row), &values)
        return values
    }

    /// Good rows for a query, best first; equal scores by position.
    ///
    /// With `allowed` ever more of the nearest rows are looked through until enough of them may be found, so a filter
    /// that lets few rows pass costs as much as looking at all rows.
    ///
    /// - Throws: `RetrievalError` where there is not enough memory.
    public func search(_ query: [Float], limit: Int, allowed: [Bool]? = nil) throws(RetrievalError) -> [Hit] {
        precondition(query.count == dimension, "a query is as long as a row")
        precondition(allowed.map { $0.count == count } ?? true, "`allowed` has one entry a row")
        guard limit > 0, count > 0 else { return [] }
        guard let allowed else { return try nearest(query, limit: min(limit, count)) }
        let wanted = min(limit, allowed.count { $0 })
        var width = min(max(2 * limit, options.breadth), count)
        while true {
            let found = try nearest(query, limit: width).filter { allowed[$0.chunk] }
            if found.count >= wanted || width == count { return Array(found.prefix(wanted)) }
            width = min(width * 4, count)
        }
    }

    private func nearest(_ query: [Float], limit: Int) throws(RetrievalError) -> [Hit] {
        var numbers = [UInt32](repeating: 0, count: limit)
        var products = [Float](repeating: 0, count: limit)
        let found = chnsw_search(graph, query, limit, max(options.breadth, limit), &numbers, &products)
        guard found >= 0 else {
            throw RetrievalError(code: .memory, message: "There is not enough memory to search the vectors.")
        }
        return (0..<found).map { Hit(chunk: Int(numbers[$0]), score: products[$0]) }.sorted(by: Hit.ranksBefore)
    }

    private static func noMemory(_ matrix: Matrix) -> RetrievalError {
        RetrievalError(
            code: .memory,
            message: "There is not enough memory for a graph over \(matrix.rows) vectors of \(matrix.columns) numbers.")
    }
}
