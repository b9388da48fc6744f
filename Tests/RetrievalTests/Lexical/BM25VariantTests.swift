import Retrieval
import Testing

@Suite struct BM25VariantTests {
    /// The mean length is 2.
    private static let documents = [["a", "a", "b"], ["b", "c"], ["a"], ["d", "d"]]

    /// With k1 = 1 and b = 0.5, "d" has f = 2 in the last document, and df = 1.
    @Test(arguments: [
        (BM25Variant.lucene, 0.802649, 0),  // ln(1 + 3.5 / 1.5) · 2 / 3
        (.robertson, 0.564865, 0),  // ln(3.5 / 1.5) · 2 / 3
        (.atire, 1.848392, 0),  // ln 4 · 2 · 2 / 3
        (.bm25l, 1.719961, 0.802649),  // ln(5 / 1.5) · 2 · 2.5 / 3.5, and · 2 · 0.5 / 1.5
        (.bm25plus, 2.950637, 0.804719),  // ln 5 · (2 · 2 / 3 + 0.5), and · 0.5
    ])
    func `scores are those of the formula`(variant: BM25Variant, score: Float, without: Float) throws {
        let index = BM25Index(documents: Self.documents, k1: 1, b: 0.5, variant: variant)
        let scores = index.scores(["d", "unknown"])
        for (found, expected) in zip(scores, [without, without, without, score]) {
            #expect(abs(found - expected) < 2e-6)
        }
        // A chunk without the term is no hit, whatever its score.
        #expect(index.search(["d", "unknown"], limit: 4) == [Hit(chunk: 3, score: scores[3])])
        // A term that stands twice counts twice, also where it is absent.
        #expect(abs(index.scores(["d", "d"])[0] - 2 * without) < 4e-6)
        let copy = try BM25Index(serialized: index.serialized)
        #expect(copy.variant == variant && copy.scores(["a", "d"]) == index.scores(["a", "d"]))
    }

    @Test func `Robertson's variant finds nothing by a term that half of the chunks have`() {
        let index = BM25Index(documents: Self.documents, variant: .robertson)
        #expect(index.search(["a"], limit: 4).isEmpty)
        #expect(index.search(["a", "d"], limit: 4).map(\.chunk) == [3])
    }

    @Test(arguments: BM25Variant.allCases)
    func `without a norm a term counts as often as can be`(variant: BM25Variant) {
        let documents = [["a"], [], ["b", "b", "b"]]
        let index = BM25Index(
            fields: [
                BM25Field(documents: documents, weight: 1, b: 1),
                BM25Field(documents: documents, weight: 1e308, b: 0),
            ], variant: variant)
        #expect(index.scores(["a"]).allSatisfy { $0.isFinite && $0 >= 0 })
        #expect(index.search(["a"], limit: 3).map(\.chunk) == [0])
    }
}
