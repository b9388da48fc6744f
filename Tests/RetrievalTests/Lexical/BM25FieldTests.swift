import Retrieval
import Testing

@Suite struct BM25FieldTests {
    private let bodies = [["a", "b", "b", "c"], ["a", "a", "d"], ["c", "d", "d", "d", "e"], []]
    private let titles = [["b"], ["e", "f"], [], ["a"]]

    @Test func `one field of weight 1, or a second of weight 0 on the side, is plain BM25`() {
        let plain = BM25Index(documents: bodies, k1: 1.5, b: 0.6)
        let one = BM25Index(fields: [BM25Field(documents: bodies, weight: 1, b: 0.6)], k1: 1.5)
        let empty = [[String]](repeating: [], count: bodies.count)
        let two = BM25Index(
            fields: [
                BM25Field(documents: bodies, weight: 1, b: 0.6), BM25Field(documents: empty, weight: 3, b: 0.9),
            ], k1: 1.5)
        for query in [["a"], ["b", "d"], ["e", "a", "a"]] {
            #expect(plain.scores(query) == one.scores(query))
            #expect(plain.scores(query) == two.scores(query))
        }
    }

    @Test func `a score is the one of the formula`() {
        let (k1, b, weight) = (1.2, 0.75, 2.0)
        let index = BM25Index(
            fields: [
                BM25Field(documents: bodies, weight: 1, b: b), BM25Field(documents: titles, weight: weight, b: b),
            ], k1: k1)
        // "b" stands in one chunk: twice in its text of 4 words (mean 3), once in its title of 1 (mean 1).
        let frequency = 2 / (1 - b + b * 4 / 3) + weight * 1 / (1 - b + b * 1 / 1)
        let idf = 1.20397280432594  // ln(1 + 3.5 / 1.5)
        let expected = idf * frequency / (k1 + frequency)
        #expect(abs(Double(index.scores(["b"])[0]) - expected) < 1e-6)
        // df counts a chunk once however many fields have the term.
        #expect(index.scores(["b"])[1...].allSatisfy { $0 == 0 })
        #expect(index.search(["a"], limit: 4).count == 3)
    }

    @Test func `a greater weight of the title lifts the chunk whose title has the word`() {
        let documents = [["x", "y", "x"], ["x", "z", "y"]]
        let names = [["n"], ["x"]]
        func best(_ weight: Double) -> Int? {
            BM25Index(fields: [
                BM25Field(documents: documents, weight: 1), BM25Field(documents: names, weight: weight),
            ]).search(["x"], limit: 1).first?.chunk
        }
        #expect(best(0) == 0)
        #expect(best(3) == 1)
    }

    @Test func `an index with fields survives being written down`() throws {
        let index = BM25Index(fields: [
            BM25Field(documents: bodies, weight: 1), BM25Field(documents: titles, weight: 2),
        ])
        let read = try BM25Index(serialized: index.serialized)
        #expect(read.scores(["a", "b"]) == index.scores(["a", "b"]))
    }
}
