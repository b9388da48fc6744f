import Retrieval
import Testing

@Suite struct FusionTests {
    private func list(_ hits: (Int, Float)...) -> [Hit] {
        hits.map { Hit(chunk: $0.0, score: $0.1) }
    }

    @Test func `Reciprocal ranks add up over lists`() {
        let fused = reciprocalRankFusion([list((7, 9), (3, 8)), list((3, 0.5), (1, 0.4))], limit: 10)
        #expect(fused == list((3, Float(1.0 / 62 + 1.0 / 61)), (7, Float(1.0 / 61)), (1, Float(1.0 / 62))))
    }

    @Test func `Equal sums come by position`() {
        let fused = reciprocalRankFusion([list((9, 1)), list((2, 1))], limit: 10)
        #expect(fused.map(\.chunk) == [2, 9])
    }

    @Test func `k and weights decide, and a weight of 0 leaves a list out`() {
        let lists = [list((1, 1)), list((2, 1))]
        #expect(reciprocalRankFusion(lists, k: 0, weights: [1, 3], limit: 1) == list((2, 3)))
        #expect(reciprocalRankFusion(lists, weights: [1, 0], limit: 5).map(\.chunk) == [1])
    }

    @Test func `The limit holds`() {
        let lists = [list((1, 3), (2, 2), (3, 1))]
        #expect(reciprocalRankFusion(lists, limit: 2).map(\.chunk) == [1, 2])
        #expect(reciprocalRankFusion(lists, limit: 0).isEmpty)
        #expect(reciprocalRankFusion([], limit: 3).isEmpty)
    }

    @Test func `A convex combination stretches the scores of each list to 0 … 1`() {
        let fused = convexCombination(
            [list((1, 30), (2, 20), (3, 10)), list((3, 0.9), (2, 0.6), (4, 0.5))], weights: [1, 3], limit: 10
        )
        #expect(fused.map(\.chunk) == [3, 2, 1, 4])
        let expected: [Float] = [0.75, 0.25 * 0.5 + 0.75 * 0.25, 0.25, 0]
        for (hit, score) in zip(fused, expected) { #expect(abs(hit.score - score) < 1e-6) }
    }

    @Test func `A list of equal scores gives each hit 1`() {
        #expect(convexCombination([list((5, 2), (1, 2))], limit: 5) == list((1, 1), (5, 1)))
        #expect(convexCombination([[], []], limit: 5).isEmpty)
    }

    @Test func `z-scores are moved up by the lowest, so that a chunk that a list lacks does not pass one it has`() {
        // Standard deviations √(200/3) and √(0.26/9) …
        let fused = convexCombination(
            [list((1, 30), (2, 20), (3, 10)), list((3, 0.9), (2, 0.6), (4, 0.5))], weights: [1, 3],
            normalisation: .zScore, limit: 10
        )
        #expect(fused.map(\.chunk) == [3, 2, 1, 4])
        let (first, second): (Float, Float) = ((200.0 / 3).squareRoot(), (0.26 / 9).squareRoot())
        let expected = [
            0.75 * 0.4 / second, 0.25 * 10 / first + 0.75 * 0.1 / second, 0.25 * 20 / first, 0,
        ]
        for (hit, score) in zip(fused, expected) { #expect(abs(hit.score - score) < 1e-5) }
        #expect(convexCombination([list((5, 2), (1, 2))], normalisation: .zScore, limit: 5) == list((1, 1), (5, 1)))
    }
}
