import Base
import Retrieval
import Testing

@Suite struct HNSWIndexTests {
    /// Vectors of length 1 around `centres` directions, as those of texts are.
    private static func matrix(rows: Int, columns: Int = 32, centres: Int = 40, seed: UInt64) -> Matrix {
        var random = SplitMix64(seed: seed)
        var fixed = SplitMix64(seed: 99)
        let middles = (0..<centres).map { _ in (0..<columns).map { _ in Float(fixed.nextUnit() - 0.5) } }
        var values: [Float] = []
        for row in 0..<rows {
            let raw = middles[row % centres].map { $0 + 0.6 * Float(random.nextUnit() - 0.5) }
            let norm = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
            values += raw.map { $0 / norm }
        }
        return Matrix(columns: columns, values: values)
    }

    @Test func `Nine of ten exact hits and more are found, with their exact scores`() throws {
        let rows = Self.matrix(rows: 4000, seed: 1)
        let queries = Self.matrix(rows: 50, seed: 2)
        let flat = FlatIndex(matrix: rows)
        let graph = try HNSWIndex(matrix: rows)
        var found = 0
        for query in 0..<50 {
            let vector = Array(queries[row: query])
            let exact = flat.search(vector, limit: 10)
            let hits = try graph.search(vector, limit: 10)
            #expect(hits.count == 10 && hits == hits.sorted(by: Hit.ranksBefore))
            for hit in hits {
                guard let same = exact.first(where: { $0.chunk == hit.chunk }) else { continue }
                #expect(abs(hit.score - same.score) < 1e-6)
                found += 1
            }
        }
        #expect(found >= 450, "\(found) of 500")
    }

    @Test func `Equal rows give equal graphs`() throws {
        let rows = Self.matrix(rows: 1000, seed: 3)
        let query = Array(Self.matrix(rows: 1, seed: 4)[row: 0])
        let graphs = try (0..<2).map { _ in try HNSWIndex(matrix: rows, options: .init(links: 4, breadth: 8)) }
        #expect(try graphs[0].search(query, limit: 50) == graphs[1].search(query, limit: 50))
    }

    @Test func `A filter is obeyed, however few pass it`() throws {
        let rows = Self.matrix(rows: 2000, seed: 5)
        let graph = try HNSWIndex(matrix: rows)
        let query = Array(rows[row: 7])
        let few = (0..<2000).map { $0 % 700 == 3 }
        #expect(Set(try graph.search(query, limit: 10, allowed: few).map(\.chunk)) == [3, 703, 1403])
        let many = (0..<2000).map { $0 != 7 }
        let hits = try graph.search(query, limit: 10, allowed: many)
        #expect(hits.count == 10 && !hits.contains { $0.chunk == 7 })
    }

    @Test func `Rows come back as they went in, and an empty graph finds nothing`() throws {
        let rows = Self.matrix(rows: 20, seed: 6)
        #expect(try HNSWIndex(matrix: rows)[row: 11] == Array(rows[row: 11]))
        let empty = try HNSWIndex(matrix: Matrix(columns: 3))
        #expect(try empty.search([1, 0, 0], limit: 5).isEmpty)
        #expect(try HNSWIndex(matrix: rows).search(Array(rows[row: 0]), limit: 0).isEmpty)
        #expect(try HNSWIndex(matrix: rows).search(Array(rows[row: 0]), limit: 100).count == 20)
    }

    @Test func `A dense index is exact until there are many rows, and speaks alike afterwards`() throws {
        let rows = Self.matrix(rows: 300, seed: 7)
        let exact = try DenseIndex(matrix: rows)
        let graph = try DenseIndex(matrix: rows, rowsForGraph: 300)
        guard case .flat = exact, case .graph = graph else {
            Issue.record("300 rows make a graph only where that was asked for")
            return
        }
        let query = Array(rows[row: 5])
        #expect(try exact.search(query, limit: 1).map(\.chunk) == [5])
        #expect(try graph.search(query, limit: 1).map(\.chunk) == [5])
        #expect(exact[row: 9] == graph[row: 9])
        #expect(abs(exact.product(ofRow: 1, withRow: 2) - graph.product(ofRow: 1, withRow: 2)) < 1e-6)
    }
}
