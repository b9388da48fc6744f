import Base
import Retrieval
import Testing

@Suite struct IncrementalBM25IndexTests {
    private static let words = (0..<40).map { "w\($0)" }

    private func text(_ generator: inout SplitMix64, upTo length: Int) -> [String] {
        (0..<Int.random(in: 0...length, using: &generator)).map { _ in
            // Small numbers are common words.
            Self.words[min(Int.random(in: 0..<40, using: &generator), Int.random(in: 0..<40, using: &generator))]
        }
    }

    @Test(arguments: [[(1.0, 0.75)], [(1.0, 0.4), (2.5, 0.9)]], BM25Variant.allCases)
    func `random edits give the very scores of an index that is built anew`(
        fields: [(Double, Double)], variant: BM25Variant
    ) {
        var generator = SplitMix64(seed: 5)
        var index = IncrementalBM25Index(fields: fields.map { (weight: $0.0, b: $0.1) }, k1: 1.4, variant: variant)
        var documents: [Int: [[String]]] = [:]
        for step in 0..<300 {
            let number = Int.random(in: 0..<60, using: &generator)
            if Int.random(in: 0..<3, using: &generator) == 0 {
                index.remove(number)
                documents[number] = nil
            } else {
                let terms = fields.indices.map { text(&generator, upTo: $0 == 0 ? 30 : 5) }
                index.add(number, terms: terms)
                documents[number] = terms
            }
            guard step % 10 == 9 else { continue }
            #expect(index.count == documents.count)
            let numbers = documents.keys.sorted()
            let anew = BM25Index(
                fields: fields.enumerated().map { place, field in
                    BM25Field(
                        documents: numbers.map { documents[$0]?[place] ?? [] }, weight: field.0, b: field.1)
                }, k1: 1.4, variant: variant
            )
            let query = text(&generator, upTo: 6) + ["unknown"]
            let expected = anew.search(query, limit: 20).map { Hit(chunk: numbers[$0.chunk], score: $0.score) }
            #expect(index.search(query, limit: 20) == expected)
        }
    }

    @Test func `an empty index finds nothing, and removing what is not there changes nothing`() {
        var index = IncrementalBM25Index()
        #expect(index.search(["a"], limit: 5).isEmpty)
        index.remove(3)
        index.add(3, terms: [["a", "b"]])
        index.add(3, terms: [["b"]])
        #expect(index.count == 1 && index.search(["a"], limit: 5).isEmpty)
        #expect(index.search(["b"], limit: 5).map(\.chunk) == [3])
        index.remove(3)
        #expect(index.count == 0 && index.search(["b"], limit: 5).isEmpty)
    }
}
