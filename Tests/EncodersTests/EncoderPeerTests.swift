import Base
import FoundationEssentials
import Testing

@testable import Encoders

/// Where the peer's results are, if anywhere.
private let peerFolder: String? = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"].map { $0 + "/encoder" }

/// Compares with what `Tests/Peers/encoder_equals_sentence_transformers.py` wrote below `NEO_PEERS_DIR`.
@Suite(.serialized, .enabled(if: peerFolder != nil, "NEO_PEERS_DIR names no folder with encoder/"))
struct EncoderPeerTests {
    private func data(_ name: String) throws -> Data {
        try Data(contentsOf: URL(filePath: try #require(peerFolder) + "/" + name))
    }

    private struct Row: Decodable {
        var text: String
        var ids: [Int32]
        var ranges: [Int]
    }

    @Test(arguments: [Precision.single, .automatic])
    func `Vectors equal those of sentence-transformers`(precision: Precision) async throws {
        let texts = try JSONDecoder().decode([String].self, from: try data("texts.json"))
        let bytes = try data("vectors.f32")
        let encoder = try SentenceEncoder(
            folder: try #require(peerFolder) + "/model", identity: "peer", precision: precision)
        #expect(bytes.count == texts.count * encoder.dimension * 4)
        let vectors = try await encoder.encode(texts)
        var worst: Float = 1
        bytes.withUnsafeBytes { bytes in
            for row in texts.indices {
                var cosine: Float = 0
                for column in 0..<encoder.dimension {
                    let position = row * encoder.dimension + column
                    cosine += vectors[position] * bytes.loadUnaligned(fromByteOffset: position * 4, as: Float.self)
                }
                worst = min(worst, cosine)
                #expect(cosine > (encoder.precision == .single ? 0.9999 : 0.9995), "\(texts[row].prefix(80))")
            }
        }
        print("worst cosine over \(texts.count) texts in \(encoder.precision.rawValue): \(worst)")
    }

    @Test(arguments: [Precision.single, .automatic])
    func `A text that two threads share has the same vector to the bit`(precision: Precision) async throws {
        let folder = try #require(peerFolder) + "/model"
        let texts = try JSONDecoder().decode([String].self, from: try data("texts.json"))
        let whole = try SentenceEncoder(folder: folder, identity: "peer", precision: precision, threads: 1)
        let divided = try SentenceEncoder(folder: folder, identity: "peer", precision: precision, threads: 2)
        for text in texts {
            #expect(try await whole.encode([text]) == divided.encode([text]), "\(text.prefix(80))")
        }
    }

    @Test func `Tokens equal those of tokenizers`() async throws {
        let rows = try JSONDecoder().decode([Row].self, from: try data("tokens.json"))
        let tokenizer = try WordPieceTokenizer(tokenizerJSON: try #require(peerFolder) + "/model/tokenizer.json")
        var wrongIDs = 0
        var wrongRanges = 0
        for row in rows {
            if Array(tokenizer.ids(of: row.text).dropFirst().dropLast()) != row.ids {
                wrongIDs += 1
                if wrongIDs <= 5 { Issue.record("ids differ: \(row.text.debugDescription.prefix(300))") }
            }
            let ranges = tokenizer.tokenRanges(in: row.text)
            if ranges.flatMap({ [$0.lowerBound, $0.upperBound] }) != row.ranges { wrongRanges += 1 }
        }
        // Where several accents stand on one letter in an unusual order, the peer's ranges follow its reordering.
        #expect(rows.count >= 10_000)
        #expect(wrongRanges * 500 < rows.count)
        print("\(rows.count) texts, \(wrongIDs) with other ids, \(wrongRanges) with other ranges")
    }

    private struct Cut: Decodable {
        var first: String
        var second: String?
        var maximum: Int
        var ids: [Int32]
        var types: [Int]
    }

    @Test func `Texts and pairs are cut as tokenizers cuts them`() async throws {
        let rows = try JSONDecoder().decode([Cut].self, from: try data("pairs.json"))
        let tokenizer = try WordPieceTokenizer(tokenizerJSON: try #require(peerFolder) + "/model/tokenizer.json")
        #expect(rows.count >= 3000)
        for row in rows {
            let sequence =
                if let second = row.second {
                    try tokenizer.ids(of: row.first, and: second, maximum: row.maximum)
                } else {
                    TokenSequence(tokenizer.ids(of: row.first, maximum: row.maximum))
                }
            #expect(
                sequence.ids == row.ids, "\(row.first.prefix(80)) | \(row.second?.prefix(80) ?? "") to \(row.maximum)")
            #expect(row.types == row.ids.indices.map { $0 < sequence.second ? 0 : 1 })
        }
    }

    /// Prints what `--speed` asked for; the peer's script prints its own figure.
    @Test(
        .enabled(if: peerFolder.map { FileManager.default.fileExists(atPath: $0 + "/speed.json") } ?? false),
        arguments: [Precision.single, .automatic])
    func `Passages per second are printed`(precision: Precision) async throws {
        let passages = try JSONDecoder().decode([String].self, from: try data("speed.json"))
        let encoder = try SentenceEncoder(
            folder: try #require(peerFolder) + "/model", identity: "peer", precision: precision, threads: 2)
        _ = try await encoder.encode(Array(passages.prefix(64)))
        let clock = ContinuousClock()
        var vectors: [Float] = []
        let encoding = try await clock.measure { vectors = try await encoder.encode(passages) }
        #expect(vectors.count == passages.count * encoder.dimension)
        let text = passages.joined(separator: "\n")
        var tokens = 0
        let tokenizing = clock.measure { tokens = encoder.tokenRanges(in: text).count }
        print(
            "\(encoder.precision.rawValue): \(passages.count) passages in \(encoding), \(text.utf8.count) bytes into \(tokens) tokens in \(tokenizing)"
        )
    }
}
