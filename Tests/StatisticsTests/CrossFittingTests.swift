import Base
import Statistics
import Testing

@Suite struct CrossFittingTests {
    /// Candidates whose true means lie close together, on questions that are hard or easy for all.
    private func table(questions: Int, candidates: Int, _ generator: inout SplitMix64) -> (
        scores: [[Double]], means: [Double]
    ) {
        // Uniform ease between 0.3 and 0.7 plus the candidate's own shift: its true mean is 0.5 + shift.
        let shifts = (0..<candidates).map { 0.1 * Double($0) / Double(candidates) - 0.05 }
        var scores = Array(repeating: [Double](), count: candidates)
        for _ in 0..<questions {
            let ease = 0.3 + 0.4 * generator.nextUnit()
            for candidate in 0..<candidates {
                scores[candidate].append(generator.nextUnit() < ease + shifts[candidate] ? 1 : 0)
            }
        }
        return (scores, shifts.map { 0.5 + $0 })
    }

    @Test func `The cross-fitted number is far less optimistic than the winner's own, and its interval covers`() throws
    {
        var generator = SplitMix64(seed: 41)
        let runs = 300
        var (naive, fitted, covered, differences) = (0.0, 0.0, 0, 0)
        for run in 0..<runs {
            let (scores, means) = table(questions: 60, candidates: 40, &generator)
            let totals = scores.map { $0.reduce(0, +) }
            let winner = totals.indices.max { (totals[$0], -$0) < (totals[$1], -$1) } ?? 0
            let result = try CrossFitting(
                scores, baseline: 0, resamples: 400, using: SplitMix64(seed: UInt64(run)))
            naive += totals[winner] / 60 - means[winner]
            fitted += result.selected.estimate - means[winner]
            if result.selected.contains(means[winner]) { covered += 1 }
            if result.difference.contains(means[winner] - means[0]) { differences += 1 }
        }
        let count = Double(runs)
        #expect(naive / count > 0.05)
        #expect(abs(fitted / count) < 0.25 * naive / count)
        #expect(Double(covered) / count >= 0.93)
        #expect(Double(differences) / count >= 0.93)
    }

    @Test func `Two items have one resample: choose by one, score on the other`() throws {
        // Drawn are (first, first) or (second, second): the better one there is worse on the other item.
        let result = try CrossFitting([[1, 0], [0, 1]], baseline: 0, resamples: 50, using: SplitMix64(seed: 1))
        #expect(result.selected.estimate == 0)
        #expect(result.selected.upper == 0)
        #expect(result.difference.upper == 0)
        #expect(result.difference.lower == -1)
    }

    @Test func `What one score selects is scored by another one`() throws {
        // The first candidate is always chosen, and worth what its other scores say.
        let chosen = [[1.0, 1, 1, 1], [0, 0, 0, 0]]
        let other = [[0.25, 0.25, 0.25, 0.25], [1, 1, 1, 1]]
        let result = try CrossFitting(chosen, judgedBy: other, baseline: 1, using: SplitMix64(seed: 1))
        #expect(result.selected.estimate == 0.25 && result.baseline.estimate == 1)
        #expect(result.difference.upper == -0.75)
        #expect(throws: StatisticsError.self) {
            try CrossFitting(chosen, judgedBy: [other[0]], baseline: 0, using: SplitMix64(seed: 1))
        }
    }

    @Test func `One candidate alone keeps its mean; groups are drawn as a whole`() throws {
        var generator = SplitMix64(seed: 42)
        let values = (0..<60).map { _ in generator.nextUnit() }
        let mean = values.reduce(0, +) / 60
        let alone = try CrossFitting([values], baseline: 0, using: SplitMix64(seed: 2))
        #expect(abs(alone.selected.estimate - mean) < 0.005)
        #expect(alone.difference.lower == 0 && alone.difference.upper == 0)
        let steps = (0..<60).map { Double($0 / 10 % 2) }
        let groups = (0..<60).map { "g\($0 / 10)" }
        let free = try CrossFitting([steps], baseline: 0, using: SplitMix64(seed: 2))
        let grouped = try CrossFitting([steps], baseline: 0, groups: groups, using: SplitMix64(seed: 2))
        #expect(grouped.selected.upper - grouped.selected.lower > 1.5 * (free.selected.upper - free.selected.lower))
    }

    @Test func `What cannot be resampled is refused`() {
        let generator = SplitMix64(seed: 1)
        #expect(throws: StatisticsError.self) { try CrossFitting([], baseline: 0, using: generator) }
        #expect(throws: StatisticsError.self) { try CrossFitting([[1]], baseline: 0, using: generator) }
        #expect(throws: StatisticsError.self) { try CrossFitting([[1, 0], [1]], baseline: 0, using: generator) }
        #expect(throws: StatisticsError.self) {
            try CrossFitting([[1, 0]], baseline: 0, groups: ["a", "a"], using: generator)
        }
    }
}
