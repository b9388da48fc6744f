import Base
import FoundationEssentials
import Testing

@testable import Encoders

/// Where the peer's results are, if anywhere.
private let root: String? = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"].map { $0 + "/encoder/random-" }

/// Compares with what `Tests/Peers/random_models_equal_transformers.py` wrote below `NEO_PEERS_DIR`.
@Suite(.enabled(if: root != nil, "NEO_PEERS_DIR names no folder with encoder/"))
struct RandomModelPeerTests {
    private struct Vectors: Decodable {
        var texts: [String]
        var queries: [[Float]]
        var passages: [[Float]]
    }

    private struct Scores: Decodable {
        var query: String
        var passages: [String]
        var scores: [Float]
    }

    private func expected<Value: Decodable>(_ folder: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: try Data(contentsOf: URL(filePath: folder + "/expected.json")))
    }

    @Test(arguments: ["cls", "mean"], [Precision.single, .automatic])
    func `Vectors equal those of sentence-transformers`(pooling: String, precision: Precision) async throws {
        let folder = try #require(root) + pooling
        let expected: Vectors = try expected(folder)
        let prompt = "Represent this sentence for searching relevant passages: "
        // The peer's own `encode_document` would take the empty prompt "document", which it writes into every folder.
        let prefixes = try TextPrefixes(folder: folder)
        #expect(prefixes == (pooling == "cls" ? TextPrefixes(query: prompt, passage: "passage: ") : .none))
        let encoder = try SentenceEncoder(folder: folder, identity: "peer", precision: precision)
        let found = (
            try await encoder.encode(expected.texts, as: .query), try await encoder.encode(expected.texts)
        )
        let width = encoder.dimension
        for row in expected.texts.indices {
            for (found, expected) in [(found.0, expected.queries[row]), (found.1, expected.passages[row])] {
                let vector = found[row * width..<(row + 1) * width]
                #expect(zip(vector, expected).map(*).reduce(0, +) > (encoder.precision == .single ? 0.999999 : 0.9995))
                if encoder.precision == .single {
                    #expect(zip(vector, expected).allSatisfy { abs($0 - $1) < 1e-4 })
                }
            }
        }
    }

    @Test(arguments: ["identity", "sigmoid"], [Precision.single, .automatic])
    func `Scores of pairs equal those of a cross-encoder`(activation: String, precision: Precision) async throws {
        let folder = try #require(root) + activation
        let cases: [Scores] = try expected(folder)
        let encoder = try CrossEncoder(folder: folder, identity: "peer", precision: precision)
        var worst: Float = 0
        for item in cases {
            let scores = try await encoder.score(query: item.query, passages: item.passages)
            worst = max(worst, zip(scores, item.scores).map { abs($0 - $1) }.max() ?? 1)
        }
        print("\(activation), \(encoder.precision.rawValue): greatest difference \(worst)")
        #expect(worst < (encoder.precision == .single ? 1e-4 : 0.05))
    }
}
