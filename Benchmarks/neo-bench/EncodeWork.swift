import Encoders
import Foundation

/// Encodes the texts of `texts.json`, so many at once, with the model of the order.
struct EncodeWork: Work {
    private let encoder: SentenceEncoder
    private let texts: [String]

    init(_ order: Order) throws {
        encoder = try SentenceEncoder(
            folder: order.model ?? "", identity: "bench",
            precision: Precision(rawValue: order.precision ?? "") ?? .single,
            threads: order.tasks ?? 2)
        let file = URL(filePath: order.folder).appending(path: "texts.json")
        texts = try JSONDecoder().decode([String].self, from: try Data(contentsOf: file))
    }

    /// The check is the first vector, rounded: equal texts in another company have equal vectors.
    func once(_ order: Order, round: Int) async throws -> (units: Int, check: [Int]) {
        let size = min(order.batch ?? texts.count, texts.count)
        let first = round * size % (texts.count - size + 1)
        let vectors = try await encoder.encode(Array(texts[first..<first + size]))
        return (size, vectors.prefix(encoder.dimension).map { Int(($0 * 1000).rounded()) })
    }
}
