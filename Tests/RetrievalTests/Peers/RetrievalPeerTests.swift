import Foundation
import Retrieval
import Testing

/// Compares with other tools; `make test-peers` writes what they say into the folder of `NEO_PEERS_DIR`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["NEO_PEERS_DIR"] != nil, "make test-peers runs these"))
struct RetrievalPeerTests {
    private struct BM25: Decodable {
        struct Setting: Decodable {
            var method: String
            var k1: Double
            var b: Double
            /// For each query, pairs of chunk and score.
            var best: [[[Double]]]
        }

        var documents: [[String]]
        var queries: [[String]]
        var settings: [Setting]
    }

    private struct BM25F: Decodable {
        struct Setting: Decodable {
            var k1: Double
            /// By field.
            var weights: [Double]
            var bs: [Double]
            var best: [[[Double]]]
        }

        var fields: [[[String]]]
        var queries: [[String]]
        var settings: [Setting]
    }

    private struct Flat: Decodable {
        struct Peer: Decodable {
            var chunks: [[Int]]
            var scores: [[Double]]
        }

        var dimension: Int
        var faiss: Peer
        var numpy: Peer
    }

    private struct Stems: Decodable {
        var language: String
        var words: [String]
        var stems: [String]
    }

    private func data(_ name: String) throws -> Data {
        let folder = try #require(ProcessInfo.processInfo.environment["NEO_PEERS_DIR"])
        return try Data(contentsOf: URL(filePath: folder).appending(path: "retrieval-\(name)"))
    }

    private func read<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: data(name))
    }

    private func matrix(_ name: String, columns: Int) throws -> Matrix {
        let bytes = try data(name)
        let values = stride(from: 0, to: bytes.count, by: 4).map { start in
            Float(bitPattern: bytes[start..<start + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) })
        }
        return Matrix(columns: columns, values: values)
    }

    @Test func `BM25 scores equal those of bm25s on Cranfield`() throws {
        let peer: BM25 = try read("bm25.json")
        #expect(peer.documents.count == 1400 && peer.queries.count == 228)
        var greatest: [BM25Variant: Double] = [:]
        for setting in peer.settings {
            let variant = try #require(BM25Variant(rawValue: setting.method))
            let index = BM25Index(documents: peer.documents, k1: setting.k1, b: setting.b, variant: variant)
            let difference = difference(of: index, from: setting.best, queries: peer.queries)
            greatest[variant] = max(greatest[variant] ?? 0, difference)
        }
        #expect(Set(greatest.keys) == Set(BM25Variant.allCases))
        for (variant, difference) in greatest {
            #expect(difference <= 1e-4, "\(variant)")
            print("bm25s: greatest difference of a score \(difference), \(variant)")
        }
    }

    @Test func `BM25F scores equal those of the papers' formula on Cranfield`() throws {
        let peer: BM25F = try read("bm25f.json")
        #expect(peer.fields.map(\.count) == [1400, 1400] && peer.settings.count == 3)
        for setting in peer.settings {
            let fields = peer.fields.indices.map {
                BM25Field(documents: peer.fields[$0], weight: setting.weights[$0], b: setting.bs[$0])
            }
            let index = BM25Index(fields: fields, k1: setting.k1)
            let difference = difference(of: index, from: setting.best, queries: peer.queries)
            #expect(difference <= 1e-4)
            print("BM25F: greatest difference of a score \(difference)")
        }
    }

    /// The greatest difference of a score, rank by rank and chunk by chunk.
    private func difference(of index: BM25Index, from peer: [[[Double]]], queries: [[String]]) -> Double {
        var greatest = 0.0
        for (query, best) in zip(queries, peer) {
            let hits = index.search(query, limit: 100)
            let scores = index.scores(query)
            #expect(hits.count == best.count)
            for (hit, pair) in zip(hits, best) {
                greatest = max(greatest, abs(Double(hit.score) - pair[1]))
                greatest = max(greatest, abs(Double(scores[Int(pair[0])]) - pair[1]))
            }
        }
        return greatest
    }

    @Test func `Metrics equal those of trec_eval on 1,000 random runs with ties`() throws {
        let cases: [RankingCase] = try read("runs.json")
        #expect(cases.count == 1000)
        for (number, ranking) in cases.enumerated() { #expect(ranking.differences == [], "case \(number)") }
    }

    @Test func `Inner products equal those of numpy and FAISS`() throws {
        let peer: Flat = try read("flat.json")
        let index = FlatIndex(matrix: try matrix("flat-rows.f32", columns: peer.dimension))
        let hits = index.search(try matrix("flat-queries.f32", columns: peer.dimension), limit: 100)
        for (name, other) in [("FAISS", peer.faiss), ("numpy", peer.numpy)] {
            #expect(other.chunks.count == hits.count && hits.allSatisfy { $0.count == 100 })
            var greatest = 0.0
            var same = 0
            for (query, list) in hits.enumerated() {
                for (rank, hit) in list.enumerated() {
                    greatest = max(greatest, abs(Double(hit.score) - other.scores[query][rank]))
                    if hit.chunk == other.chunks[query][rank] { same += 1 }
                }
            }
            #expect(greatest <= 1e-6)
            // Scores that differ by less than a float resolves may change places.
            #expect(Double(same) >= 0.999 * Double(100 * hits.count))
            print("\(name): greatest difference of a score \(greatest); \(same) of \(100 * hits.count) ranks the same")
        }
    }

    @Test func `Stems equal those of PyStemmer in every language`() throws {
        let peers: [Stems] = try read("stems.json")
        #expect(peers.count >= 20)
        for peer in peers {
            let stemmer = try Stemmer(language: peer.language)
            let different = zip(peer.words, peer.stems).filter { stemmer.stem($0) != $1 }.map(\.0)
            #expect(different == [], "\(peer.language)")
        }
        print("PyStemmer: \(peers.reduce(0) { $0 + $1.words.count }) words, \(peers.count) languages")
    }
}
