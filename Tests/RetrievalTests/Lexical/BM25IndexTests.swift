import Base
import Foundation
import Retrieval
import Testing

@Suite struct BM25IndexTests {
    private static let documents = [
        ["a", "b", "a"], ["b", "c"], [], ["d"], ["c", "c", "c", "b", "a", "e"], ["b", "c"],
    ]
    private static let index = BM25Index(documents: documents, k1: 1.2, b: 0.75)

    /// The formula, read off the paper.
    private static func score(_ terms: [String], _ document: [String], k1: Double, b: Double) -> Double {
        let mean = Double(documents.map(\.count).reduce(0, +)) / Double(documents.count)
        let norm = k1 * (1 - b + b * Double(document.count) / mean)
        return terms.reduce(0.0) { (sum: Double, term: String) -> Double in
            let df = Double(documents.count { $0.contains(term) })
            let tf = Double(document.count { $0 == term })
            guard tf > 0 else { return sum }
            let idf = log(1 + (Double(documents.count) - df + 0.5) / (df + 0.5))
            return sum + idf * tf / (tf + norm)
        }
    }

    @Test(arguments: [(1.2, 0.75), (0.9, 0.4), (2.0, 1.0), (1.0, 0.0)])
    func `Scores follow the formula`(k1: Double, b: Double) {
        let index = BM25Index(documents: Self.documents, k1: k1, b: b)
        for query in [["a"], ["b", "c"], ["e", "d", "a", "b"], ["c", "c", "a"]] {
            for (score, document) in zip(index.scores(query), Self.documents) {
                #expect(abs(Double(score) - Self.score(query, document, k1: k1, b: b)) < 1e-6)
            }
        }
    }

    @Test func `Hits are the chunks with a term of the query, best first, equal ones by position`() {
        let hits = Self.index.search(["c"], limit: 10)
        #expect(hits.map(\.chunk) == [4, 1, 5])
        #expect(hits[1].score == hits[2].score)
        #expect(Self.index.search(["c"], limit: 2).map(\.chunk) == [4, 1])
        #expect(hits.map(\.score) == hits.map { Self.index.scores(["c"])[$0.chunk] })
    }

    @Test func `A term that stands twice counts twice, an unknown one not at all`() {
        let once = Self.index.search(["d"], limit: 1)
        #expect(Self.index.search(["d", "zebra", "d"], limit: 1) == [Hit(chunk: 3, score: 2 * once[0].score)])
        #expect(Self.index.search(["zebra"], limit: 5).isEmpty)
        #expect(Self.index.search([], limit: 5).isEmpty)
        #expect(Self.index.search(["a"], limit: 0).isEmpty)
        #expect(BM25Index(documents: []).search(["a"], limit: 5).isEmpty)
    }

    @Test func `Chunks that are not allowed are not found, now or later`() {
        let allowed = [true, false, true, true, true, true]
        #expect(Self.index.search(["c"], limit: 10, allowed: allowed).map(\.chunk) == [4, 5])
        #expect(Self.index.search(["c"], limit: 10).map(\.chunk) == [4, 1, 5])
    }

    @Test(arguments: [1, 15, 16, 17, 500])
    func `The best of many are what sorting all gives`(count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        let documents = (0..<count).map { _ in
            (0..<Int.random(in: 0...12, using: &random)).map { _ in "w\(Int.random(in: 0..<9, using: &random))" }
        }
        let index = BM25Index(documents: documents)
        for limit in [1, 3, 10, 1000] {
            let query = ["w1", "w4", "w4", "w8"]
            let all = index.scores(query).enumerated().map { Hit(chunk: $0.offset, score: $0.element) }
            let expected = all.filter { $0.score > 0 }.sorted(by: Hit.ranksBefore).prefix(limit)
            #expect(index.search(query, limit: limit) == Array(expected))
        }
    }

    /// Documents of 60 terms, of which a small number is common and a great one rare.
    private static func manyDocuments(_ count: Int) -> [[String]] {
        var random = SplitMix64(seed: 3)
        return (0..<count).map { _ in
            (0..<Int.random(in: 0...20, using: &random)).map { _ in
                let term = (0..<4).reduce(60) { greatest, _ in Int.random(in: 0..<greatest + 1, using: &random) }
                return "w\(term)"
            }
        }
    }

    @Test func `Of more documents than are scored at a time, hits are to the bit those of the growing index`() {
        let documents = Self.manyDocuments(9001)
        let index = BM25Index(documents: documents)
        var growing = IncrementalBM25Index()
        for (number, terms) in documents.enumerated() { growing.add(number, terms: [terms]) }
        for query in [["w0"], ["w50"], ["w0", "w3", "w17", "w40", "w0"], ["w1", "w2"], ["w60", "w25", "w5"]] {
            let hits = index.search(query, limit: 9001)
            #expect(!hits.isEmpty && hits == growing.search(query, limit: 9001))
            #expect(index.search(query, limit: 10) == Array(hits.prefix(10)))
            let allowed = documents.indices.map { $0 % 7 == 3 }
            #expect(
                index.search(query, limit: 10, allowed: allowed) == Array(hits.filter { $0.chunk % 7 == 3 }.prefix(10)))
        }
    }

    @Test func `An index of rare and of frequent terms comes back from its bytes`() throws {
        let index = BM25Index(documents: Self.manyDocuments(500))
        let copy = try BM25Index(serialized: index.serialized)
        #expect(copy.serialized == index.serialized)
        let query = ["w0", "w9", "w30", "w55"]
        #expect(copy.scores(query) == index.scores(query))
    }

    @Test func `Searches side by side do not disturb each other`() async {
        let expected = Self.index.search(["b", "a"], limit: 5)
        await withTaskGroup { group in
            for _ in 0..<200 { group.addTask { @concurrent in Self.index.search(["b", "a"], limit: 5) } }
            for await hits in group { #expect(hits == expected) }
        }
    }

    @Test func `An index comes back from its bytes`() throws {
        let copy = try BM25Index(serialized: Self.index.serialized)
        #expect(copy.serialized == Self.index.serialized)
        #expect(copy.search(["b", "c", "e"], limit: 9) == Self.index.search(["b", "c", "e"], limit: 9))
        #expect(try BM25Index(serialized: BM25Index(documents: []).serialized).count == 0)
    }

    @Test func `Bytes that were cut short or go on too long are refused`() {
        let bytes = Self.index.serialized
        for length in bytes.indices {
            #expect(throws: RetrievalError.self, "\(length) bytes") {
                try BM25Index(serialized: Array(bytes[..<length]))
            }
        }
        #expect(throws: RetrievalError.self) { try BM25Index(serialized: bytes + [0]) }
    }

    @Test func `Changed bytes are refused, or give an index that still can be searched`() {
        let bytes = Self.index.serialized
        var refused = 0
        for position in bytes.indices {
            for change in [UInt8(0x80), 0xFF] {
                var changed = bytes
                changed[position] ^= change
                do {
                    let index = try BM25Index(serialized: changed)
                    _ = index.search(["a", "b", "c", "d", "e"], limit: 10)
                } catch {
                    #expect(error.code == .corruptIndex)
                    refused += 1
                }
            }
        }
        #expect(refused > bytes.count)
    }
}
