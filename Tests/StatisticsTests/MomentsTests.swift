import Statistics
import Testing

@Suite struct MomentsTests {
    let values = [0.12, 0.85, 0.44, 0.91, 0.33, 0.67, 0.05, 0.78, 0.59, 0.26, 0.99, 0.48]

    @Test(
        "Quantiles equal numpy's",
        arguments: [(0, 0.05), (0.1, 0.134), (0.25, 0.3125), (0.5, 0.535), (0.9, 0.904), (1, 0.99)])
    func quantiles(probability: Double, expected: Double) throws {
        let found = try #require(quantile(probability, of: values))
        #expect(abs(found - expected) < 1e-12)
    }

    @Test("The mean is the arithmetic mean and the median the middle")
    func meanAndMedian() throws {
        #expect(mean(of: [1, 2, 6]) == 3)
        #expect(median(of: [9, 1, 2]) == 2)
        #expect(median(of: [4, 1, 2, 9]) == 3)
    }

    @Test("Nothing has no mean and no quantile")
    func empty() {
        #expect(mean(of: []) == nil)
        #expect(median(of: []) == nil)
        #expect(quantile(0.5, of: []) == nil)
    }

    @Test("A probability outside of 0 to 1 means the nearer end")
    func outside() {
        #expect(quantile(-1, of: [1, 2]) == 1)
        #expect(quantile(7, of: [1, 2]) == 2)
    }
}
