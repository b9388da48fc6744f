import Base
import Retrieval
import Testing

@Suite struct FlatIndexTests {
    private static func matrix(rows: Int, columns: Int, seed: UInt64) -> Matrix {
        var random = SplitMix64(seed: seed)
        return Matrix(columns: columns, values: (0..<rows * columns).map { _ in Float(random.nextUnit() - 0.5) })
    }

    /// All rows by a plain loop in double precision.
    private static func naive(_ matrix: Matrix, _ query: ArraySlice<Float>) -> [Hit] {
        (0..<matrix.rows).map { row in
            let product = zip(matrix[row: row], query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            return Hit(chunk: row, score: Float(product))
        }
    }

    @Test(arguments: [1, 7, 16, 33, 384], [1, 63, 64, 65, 300])
    func `Hits are the greatest inner products`(columns: Int, rows: Int) {
        let matrix = Self.matrix(rows: rows, columns: columns, seed: 1)
        let queries = Self.matrix(rows: 3, columns: columns, seed: 2)
        for query in 0..<3 {
            let hits = FlatIndex(matrix: matrix).search(Array(queries[row: query]), limit: 10)
            let expected = Self.naive(matrix, queries[row: query]).sorted(by: Hit.ranksBefore).prefix(10)
            #expect(hits.count == expected.count)
            for (hit, other) in zip(hits, expected) { #expect(abs(hit.score - other.score) < 1e-5) }
        }
    }

    @Test(arguments: [1, 2, 5])
    func `A batch gives each query the hits and scores that it gets alone`(size: Int) {
        let index = FlatIndex(matrix: Self.matrix(rows: 200, columns: 100, seed: 3))
        let queries = Self.matrix(rows: size, columns: 100, seed: 4)
        let alone = (0..<size).map { index.search(Array(queries[row: $0]), limit: 20) }
        #expect(index.search(queries, limit: 20) == alone)
    }

    @Test func `Rows that are not allowed are not found`() {
        let matrix = Self.matrix(rows: 100, columns: 20, seed: 5)
        let query = Array(matrix[row: 40])
        let allowed = (0..<100).map { $0 % 3 == 0 }
        let hits = FlatIndex(matrix: matrix).search(query, limit: 100, allowed: allowed)
        let expected = FlatIndex(matrix: matrix).search(query, limit: 100).filter { $0.chunk % 3 == 0 }
        #expect(hits == expected)
        #expect(hits.count == 34)
    }

    @Test func `Equal scores come by position, negative ones last`() {
        let index = FlatIndex(matrix: Matrix(columns: 1, values: [-1, 2, 0, 2, -3, 2, 0]))
        #expect(index.search([1], limit: 2).map(\.chunk) == [1, 3])
        #expect(index.search([1], limit: 9).map(\.chunk) == [1, 3, 5, 2, 6, 0, 4])
        #expect(
            index.search([-1], limit: 3) == [
                Hit(chunk: 4, score: 3), Hit(chunk: 0, score: 1), Hit(chunk: 2, score: 0),
            ])
    }

    @Test func `No rows or no limit give no hits`() {
        #expect(FlatIndex(matrix: Matrix(columns: 4)).search([1, 2, 3, 4], limit: 5).isEmpty)
        let index = FlatIndex(matrix: Matrix(columns: 1, values: [1]))
        #expect(index.search([1], limit: 0).isEmpty)
        #expect(index.search(Matrix(columns: 1, values: [1, 2]), limit: 0).count == 2)
    }
}

/// Storage formats, the coarse copy, matrix products and tasks all answer as one plain scan would.
@Suite struct FlatIndexPathsTests {
    private static func unit(rows: Int, columns: Int, seed: UInt64) -> Matrix {
        var random = SplitMix64(seed: seed)
        var values: [Float] = []
        for _ in 0..<rows {
            let raw = (0..<columns).map { _ in Float(random.nextUnit() + random.nextUnit() - 1) }
            let norm = max(raw.reduce(0) { $0 + $1 * $1 }.squareRoot(), .leastNormalMagnitude)
            values += raw.map { $0 / norm }
        }
        return Matrix(columns: columns, values: values)
    }

    private static func naive(_ matrix: Matrix, _ query: ArraySlice<Float>, _ limit: Int) -> [Hit] {
        let hits = (0..<matrix.rows).map { row in
            let product = zip(matrix[row: row], query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            return Hit(chunk: row, score: Float(product))
        }
        return Array(hits.sorted(by: Hit.ranksBefore).prefix(limit))
    }

    @Test(arguments: [1, 3, 4, 9], [1, 10, 600])
    func `With a coarse copy, a batch and tasks the hits are those of a plain scan`(
        queries size: Int, limit: Int
    ) async {
        let matrix = Self.unit(rows: 9000, columns: 24, seed: 1)
        let index = FlatIndex(matrix: matrix)
        let queries = Self.unit(rows: size, columns: 24, seed: 2)
        let together = index.search(queries, limit: limit)
        let divided = await index.search(queries, limit: limit, tasks: 3)
        #expect(divided == together)
        for query in 0..<size {
            #expect(index.search(Array(queries[row: query]), limit: limit) == together[query])
            let expected = Self.naive(matrix, queries[row: query], limit)
            for (hit, other) in zip(together[query], expected) { #expect(abs(hit.score - other.score) < 1e-5) }
            #expect(together[query].count == limit)
        }
    }

    @Test func `Equal rows are found in order of position, also through the coarse copy`() {
        let one = Self.unit(rows: 1, columns: 24, seed: 3)
        let matrix = Matrix(columns: 24, values: (0..<9000).flatMap { _ in one.values })
        let index = FlatIndex(matrix: matrix)
        #expect(index.search(one.values, limit: 5).map(\.chunk) == [0, 1, 2, 3, 4])
        let allowed = (0..<9000).map { $0 >= 8000 && $0 % 2 == 0 }
        #expect(index.search(one.values, limit: 3, allowed: allowed).map(\.chunk) == [8000, 8002, 8004])
    }

    @Test(arguments: [(VectorStorage.float16, Float(0.001)), (.int8, 0.02)])
    func `Fewer bytes cost little of a score, and a batch scores as one query does`(
        storage: VectorStorage, tolerance: Float
    ) {
        let matrix = Self.unit(rows: 700, columns: 50, seed: 4)
        let queries = Self.unit(rows: 6, columns: 50, seed: 5)
        let index = FlatIndex(matrix: matrix, storage: storage)
        let together = index.search(queries, limit: 20)
        for query in 0..<6 {
            #expect(index.search(Array(queries[row: query]), limit: 20) == together[query])
            for hit in together[query] {
                let exact = zip(matrix[row: hit.chunk], queries[row: query]).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(hit.score - exact) < tolerance)
            }
            let found = Set(together[query].map(\.chunk))
            #expect(found.intersection(Self.naive(matrix, queries[row: query], 20).map(\.chunk)).count >= 17)
        }
        for (kept, exact) in zip(index[row: 699], matrix[row: 699]) { #expect(abs(kept - exact) < tolerance / 4) }
    }

    @Test func `Rows of zeros, of great and of tiny numbers are kept`() {
        let matrix = Matrix(columns: 2, values: [0, 0, 3e4, -3e4, 1e-6, 1e-6])
        for storage in VectorStorage.allCases {
            let hits = FlatIndex(matrix: matrix, storage: storage).search([1, 0], limit: 3)
            #expect(hits.map(\.chunk) == [1, 2, 0], "\(storage)")
        }
    }
}
