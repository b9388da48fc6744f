import Foundation
import Retrieval

/// Exact dense search over `rows.f32` with the queries of `queries.f32`, 384 numbers each.
struct FlatWork: Work {
    private let index: FlatIndex
    private let queries: Matrix

    init(_ order: Order) throws {
        let folder = URL(filePath: order.folder)
        let rows = try Data(contentsOf: folder.appending(path: "rows.f32")).floats
        let storage = VectorStorage(rawValue: order.storage ?? "float32") ?? .float32
        index = FlatIndex(matrix: Matrix(columns: 384, values: rows), storage: storage)
        queries = Matrix(columns: 384, values: try Data(contentsOf: folder.appending(path: "queries.f32")).floats)
    }

    func once(_ order: Order, round: Int) async throws -> (units: Int, check: [Int]) {
        let size = order.batch ?? 1
        let first = round * size % (queries.rows - size + 1)
        let batch = Matrix(columns: 384, values: Array(queries.values[first * 384..<(first + size) * 384]))
        let hits = await index.search(batch, limit: 10, tasks: order.tasks ?? 2)
        return (size, hits[0].map(\.chunk))
    }
}
