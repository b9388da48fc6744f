import Base
import Statistics
import Testing

/// How often the intervals of held-out questions hold the truth. They are right in the limit; what they do at the sizes
/// that occur has to be counted.
@Suite struct CoverageTests {
    // 93 % is what is promised; 1.6 points are two standard deviations of what is counted in 1,000 runs.
    @Test(arguments: ScoreSimulation.scores, [30, 100])
    func `The interval of held-out questions holds the truth`(simulation: ScoreSimulation, questions: Int) throws {
        let coverage = try simulation.coverage(questions: questions, runs: 1000)
        #expect(coverage.share >= 0.93 - 0.016)
        // An interval from 0 to 1 would hold it, too.
        #expect(coverage.width < 0.45)
    }

    @Test(arguments: ScoreSimulation.differences, [30, 100])
    func `The interval of a difference holds the truth`(simulation: ScoreSimulation, questions: Int) throws {
        let coverage = try simulation.coverage(questions: questions, runs: 1000)
        #expect(coverage.share >= 0.93 - 0.016)
        #expect(coverage.width < 0.3)
    }

    /// What a naive report claims: the best of many on the questions that chose it, against the truth. All are alike here.
    @Test func `The winner's own number is the more too good the more were tried, the held-out one is not`() throws {
        var generator = SplitMix64(seed: 7)
        var optimism: [Double] = []
        for candidates in [1, 5, 20, 80] {
            var (naive, heldOut) = (0.0, 0.0)
            for _ in 0..<300 {
                var best = 0.0
                for _ in 0..<candidates {
                    let found = (0..<60).count { _ in generator.nextUnit() < 0.65 }
                    best = max(best, Double(found) / 60)
                }
                naive += (best - 0.65) / 300
                heldOut += (Double((0..<40).count { _ in generator.nextUnit() < 0.65 }) / 40 - 0.65) / 300
            }
            #expect(abs(heldOut) < 0.015)
            optimism.append(naive)
        }
        #expect(abs(optimism[0]) < 0.015)
        #expect(optimism == optimism.sorted())
        #expect(optimism[3] > 0.1)
    }
}
