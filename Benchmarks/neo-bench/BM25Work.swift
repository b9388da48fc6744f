import Foundation
import Retrieval

/// BM25 over `bm25.json`: documents and queries as lists of terms.
struct BM25Work: Work {
    private struct Input: Decodable {
        var documents: [[String]]
        var queries: [[String]]
    }

    private let index: BM25Index
    private let queries: [[String]]

    init(_ order: Order) throws {
        let file = URL(filePath: order.folder).appending(path: "bm25.json")
        let input = try JSONDecoder().decode(Input.self, from: try Data(contentsOf: file))
        index = BM25Index(documents: input.documents, k1: 1.2, b: 0.75)
        queries = input.queries
    }

    func once(_ order: Order, round: Int) async throws -> (units: Int, check: [Int]) {
        var check: [Int] = []
        for (position, query) in queries.enumerated() {
            let hits = index.search(query, limit: 10)
            if position == 0 { check = hits.map(\.chunk) }
        }
        return (queries.count, check)
    }
}
