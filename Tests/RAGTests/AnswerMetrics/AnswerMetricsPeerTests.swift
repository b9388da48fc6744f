import Foundation
import Testing

@testable import RAG

private let file = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"].map { $0 + "/answers/answers.json" }

/// Compares with what `Tests/Peers/answers.py` wrote below `NEO_PEERS_DIR`.
@Suite(.enabled(if: file.map(FileManager.default.fileExists) == true, "make test-peers writes answers.json"))
struct AnswerMetricsPeerTests {
    struct Row: Decodable {
        var answer: String
        var golden: [String]
        var exact: Double
        var f1: Double
        var rougeL: Double
        var stemmed: Double
    }

    @Test func `Exact match, F1 and ROUGE-L are the peers'`() throws {
        let rows = try JSONDecoder()
            .decode([Row].self, from: Data(contentsOf: URL(filePath: try #require(file))))
        #expect(rows.count > 600)
        let stemmer = RougeL(stems: true)
        var (otherStems, farthest) = (0, 0.0)
        for row in rows {
            let match = try #require(AnswerMatch(row.answer, golden: row.golden))
            #expect(match.exactMatch == row.exact, "\(row.answer) | \(row.golden)")
            // The peer computes in single precision.
            #expect(abs(match.tokenF1 - row.f1) < 1e-5, "\(row.answer) | \(row.golden)")
            #expect(
                abs(try #require(RougeL().score(row.answer, golden: row.golden)) - row.rougeL) < 1e-9,
                "\(row.answer) | \(row.golden)")
            let difference = abs(try #require(stemmer.score(row.answer, golden: row.golden)) - row.stemmed)
            if difference > 1e-9 { otherStems += 1 }
            farthest = max(farthest, difference)
        }
        print("ROUGE-L with stems: \(otherStems) of \(rows.count) differ from the peer's, by \(farthest) at most")
        #expect(Double(otherStems) <= 0.1 * Double(rows.count))
    }
}
