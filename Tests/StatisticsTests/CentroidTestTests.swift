import Base
import Statistics
import Testing

@Suite struct CentroidTestTests {
    /// Vectors whose numbers have deviations that fall as those of embeddings do.
    private func vectors(_ count: Int, length: Int = 24, shift: Float = 0, _ random: inout SplitMix64) -> [[Float]] {
        (0..<count).map { _ in
            (0..<length).map { place in
                var sum = -6.0
                for _ in 0..<12 { sum += random.nextUnit() }
                return Float(sum / Double(1 + place)) + shift
            }
        }
    }

    @Test func `of single numbers it is the t test of two means`() throws {
        let test = try CentroidTest(
            reference: [[1.1], [2.3], [1.9], [3.2], [2.8], [2.2]], current: [[2.9], [3.8], [3.1], [4.4], [2.7]])
        // scipy.stats.ttest_ind of the same numbers.
        #expect(abs(test.p - 0.028825438829) < 1e-6, "\(test.p)")
    }

    @Test func `sets of one kind are told apart as seldom as asked`() throws {
        var random = SplitMix64(seed: 3, stream: "centroid test")
        var found = (twentieth: 0, hundredth: 0)
        for _ in 0..<400 {
            let p = try CentroidTest(reference: vectors(30, &random), current: vectors(45, &random)).p
            if p < 0.05 { found.twentieth += 1 }
            if p < 0.01 { found.hundredth += 1 }
        }
        // 20 and 4 are expected.
        #expect((8...34).contains(found.twentieth), "\(found)")
        #expect(found.hundredth <= 12, "\(found)")
    }

    @Test func `a set that moved is found, and the distance is evidently's`() throws {
        var random = SplitMix64(seed: 4, stream: "centroid test")
        let (before, now) = (vectors(60, &random), vectors(60, shift: 0.3, &random))
        let test = try CentroidTest(reference: before, current: now)
        #expect(test.p < 1e-6)
        #expect(test.distance == (try CentroidDistance(reference: before, current: now, probability: nil)).distance)
    }

    @Test func `sets that do not spread, and those that are no sets`() throws {
        let same = [[Float]](repeating: [1, 2], count: 3)
        #expect(try CentroidTest(reference: same, current: same).p == 1)
        #expect(try CentroidTest(reference: same, current: [[1, 3], [1, 3]]).p == 0)
        #expect(throws: StatisticsError.self) { try CentroidTest(reference: [[1]], current: [[2]]) }
        #expect(throws: StatisticsError.self) { try CentroidTest(reference: same, current: [[1], [2]]) }
        #expect(throws: StatisticsError.self) { try CentroidTest(reference: same, current: [[1, .nan], [1, 2]]) }
    }
}
