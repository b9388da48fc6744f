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
