import Foundation
import Retrieval

/// Approximate dense search over `rows.f32` with the queries of `queries.f32`, 384 numbers each; how long the graph took
/// to build, and what share of the exact ten hits it finds.
struct GraphWork: Work {
    let facts: [String: Double]
    private let index: HNSWIndex
    private let queries: Matrix

    init(_ order: Order) throws {
        let folder = URL(filePath: order.folder)
        let rows = Matrix(columns: 384, values: try Data(contentsOf: folder.appending(path: "rows.f32")).floats)
        let queries = Matrix(columns: 384, values: try Data(contentsOf: folder.appending(path: "queries.f32")).floats)
        let options = HNSWIndex.Options(links: order.links ?? 16, breadth: order.breadth ?? 128)
        let clock = ContinuousClock()
        let start = clock.now
        let index = try HNSWIndex(matrix: rows, options: options)
        let seconds = (clock.now - start) / .seconds(1)
        let exact = FlatIndex(matrix: rows).search(queries, limit: 10).map { Set($0.map(\.chunk)) }
        var found = 0
        for (number, wanted) in exact.enumerated() {
            found += try index.search(Array(queries[row: number]), limit: 10).count { wanted.contains($0.chunk) }
        }
        facts = [
            "rows": Double(rows.rows), "buildSeconds": seconds, "recall": Double(found) / Double(exact.joined().count),
        ]
        self.index = index
        self.queries = queries
    }

    func once(_ order: Order, round: Int) async throws -> (units: Int, check: [Int]) {
        var check: [Int] = []
        for number in 0..<queries.rows {
            let hits = try index.search(Array(queries[row: number]), limit: 10)
            if number == 0 { check = hits.map(\.chunk) }
        }
        return (queries.rows, check)
    }
}
