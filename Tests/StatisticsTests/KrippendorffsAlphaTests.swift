import Statistics
import Testing

/// The values are those of the Python package `krippendorff` 0.8.1 with NumPy 2.4.6:
/// `krippendorff.alpha(reliability_data=…, level_of_measurement="nominal")`, a row for each rater, `nan` for no rating;
/// Cohen's kappa is `sklearn.metrics.cohen_kappa_score` of scikit-learn 1.9.1.
@Suite struct KrippendorffsAlphaTests {
    @Test func `it equals the reference, also where ratings are missing`() throws {
        let raters: [[Int]] = [
            [0, 0, 0, 0, 0, 3, 4, 1, 2, 1, 1, 3, 3, 0, 3], [1, 0, 2, 1, 3, 3, 4, 3, 0, 0, 0, 0, 0, 0, 0],
            [0, 0, 2, 1, 3, 4, 4, 0, 2, 1, 1, 3, 3, 0, 4],
        ]
        let items = raters[0].indices.map { place in raters.map { $0[place] }.filter { $0 > 0 } }
        let textbook = try #require(krippendorffsAlpha(items))
        #expect(abs(textbook - 0.691358024691358) < 1e-12)

        let (first, second) = ([1, 1, 2, 2, 1, 2, 1, 1, 2, 1], [1, 2, 2, 2, 1, 2, 1, 1, 1, 1])
        let alpha = try #require(krippendorffsAlpha(zip(first, second).map { [$0, $1] }))
        #expect(abs(alpha - 0.6041666666666666) < 1e-12)
        let kappa = try #require(try cohensKappa(first, second))
        #expect(abs(kappa.estimate - 0.5833333333333333) < 1e-12)

        let opposed = Array(repeating: [3, 3, 2], count: 12)
        let below = try #require(krippendorffsAlpha(opposed))
        #expect(abs(below + 0.4583333333333335) < 1e-12)
    }

    @Test func `where chance alone explains all, there is none`() {
        #expect(krippendorffsAlpha([["a", "a"], ["a"]]) == nil)
        #expect(krippendorffsAlpha([["a"], ["b"]]) == nil)
        #expect(krippendorffsAlpha([[Int]]()) == nil)
        #expect(krippendorffsAlpha([["a", "a"], ["b", "b"]]) == 1)
    }
}
