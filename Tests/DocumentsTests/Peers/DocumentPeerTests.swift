import Foundation
import Testing

@testable import Documents

/// Compares the main text of pages with trafilatura's; `make test-peers` writes what it says into the folder of
/// `NEO_PEERS_DIR`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["NEO_PEERS_DIR"] != nil, "make test-peers runs these"))
struct DocumentPeerTests {
    private struct Page: Decodable {
        var name: String
        var group: String
        var html: String
        var text: String
    }

    /// Precision, recall and F1 of words, as a bag, against the peer's.
    private func agreement(_ text: String, _ peer: String) -> (precision: Double, recall: Double, f1: Double) {
        func bag(_ text: String) -> [Substring: Int] {
            text.lowercased().split { !$0.isLetter && !$0.isNumber }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        let (own, other) = (bag(text), bag(peer))
        let common = Double(own.reduce(0) { $0 + min($1.value, other[$1.key] ?? 0) })
        let precision = common / Double(max(own.values.reduce(0, +), 1))
        let recall = common / Double(max(other.values.reduce(0, +), 1))
        return (precision, recall, precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall))
    }

    @Test func `The main text of pages has the words that trafilatura takes`() throws {
        let folder = try #require(ProcessInfo.processInfo.environment["NEO_PEERS_DIR"])
        let data = try Data(contentsOf: URL(filePath: folder).appending(path: "documents-html.json"))
        let groups = Dictionary(grouping: try JSONDecoder().decode([Page].self, from: data), by: \.group)
        for (group, pages) in groups.sorted(by: { $0.key < $1.key }) {
            for extent in [HTMLParser.Extent.main, .full] {
                let scores = pages.map {
                    agreement(HTMLParser.parse(Array($0.html.utf8), extent: extent).text, $0.text)
                }
                func mean(_ value: (Double, Double, Double) -> Double) -> Double {
                    let all = scores.map { value($0.precision, $0.recall, $0.f1) }
                    return (all.reduce(0, +) / Double(all.count) * 1_000).rounded() / 1_000
                }
                let f1 = mean { $2 }
                print(
                    "trafilatura: \(group), \(pages.count) pages, \(extent.rawValue): precision \(mean { p, _, _ in p }), "
                        + "recall \(mean { _, r, _ in r }), F1 \(f1)")
                if extent == .main {
                    for (page, score) in zip(pages, scores).sorted(by: { $0.1.f1 < $1.1.f1 }).prefix(3) {
                        print("  least: \(page.name) \(score)")
                    }
                    if group == "own" { #expect(f1 > 0.9) }
                }
            }
        }
    }
}
