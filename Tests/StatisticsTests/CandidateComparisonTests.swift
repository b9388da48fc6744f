import Base
import Statistics
import Testing

@Suite struct CandidateComparisonTests {
    /// Scores of candidates that are 0 or 1, on questions that are easy or hard for all alike; candidates from `better`
    /// on find `gain` more of them. After 1/4 and 1/2 of the questions the worse half is stopped.
    private func scores(
        candidates: Int, questions: Int, gain: Double = 0, better: Int = 0, _ generator: inout SplitMix64
    ) -> [[Double]] {
        var rows = Array(repeating: [Double](), count: candidates)
        var alive = Array(rows.indices)
        for question in 0..<questions {
            if question == questions / 4 || question == questions / 2 {
                alive.sort { (rows[$0].reduce(0, +), -$0) > (rows[$1].reduce(0, +), -$1) }
                alive = alive.prefix((alive.count + 1) / 2).sorted()
            }
            let ease = 0.2 + 0.6 * generator.nextUnit()
            for candidate in alive {
                let chance = ease + (candidate >= better && gain > 0 ? gain : 0)
                rows[candidate].append(generator.nextUnit() < chance ? 1 : 0)
            }
        }
        return rows
    }

    /// A one-sided paired t-test of each candidate against the leader so far, repeated after every question.
    private func repeatedTestErrs(_ rows: [[Double]]) -> Bool {
        var totals = Array(repeating: 0.0, count: rows.count)
        for question in 0..<(rows.map(\.count).max() ?? 0) {
            for (place, row) in rows.enumerated() where row.count > question { totals[place] += row[question] }
            guard question >= 9 else { continue }
            let present = rows.indices.filter { rows[$0].count > question }
            let leader = present.max { totals[$0] < totals[$1] } ?? 0
            for other in present where other != leader {
                let gaps = (0...question).map { rows[leader][$0] - rows[other][$0] }
                let n = Double(gaps.count)
                let mean = gaps.reduce(0, +) / n
                let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
                if variance > 0, mean / (variance / n).squareRoot() > 1.66 { return true }
            }
        }
        return false
    }

    @Test func `Among equals that are stopped early hardly any is called worse; a repeated t-test nearly always errs`()
        throws
    {
        var generator = SplitMix64(seed: 21)
        let runs = 2000
        var (wrong, alike, wrongOfControl) = (0, 0, 0)
        for run in 0..<runs {
            let rows = scores(candidates: 16, questions: 120, &generator)
            let comparison = try CandidateComparison(rows)
            if comparison.findings.contains(where: { $0.verdict == .worse }) { wrong += 1 }
            if comparison.findings.contains(where: { $0.verdict == .noDifference }) { alike += 1 }
            // The control is slow, and errs often enough to be seen in fewer runs.
            if run < 200, repeatedTestErrs(rows) { wrongOfControl += 1 }
        }
        #expect(Double(wrong) / Double(runs) <= 0.05)
        #expect(Double(wrongOfControl) / 200 > 0.9)
        // 120 questions of 0 and 1 cannot show that two are alike.
        #expect(alike == 0)
    }

    @Test func `It sees which are worse`() throws {
        var generator = SplitMix64(seed: 22)
        var (seen, mistaken) = (0, 0)
        for _ in 0..<100 {
            let rows = scores(candidates: 6, questions: 400, gain: 0.2, better: 5, &generator)
            let verdicts = try CandidateComparison(rows).findings.map(\.verdict)
            seen += verdicts.prefix(5).count { $0 == .worse }
            mistaken += verdicts[5] == .worse ? 1 : 0
        }
        // Half of them are stopped after 100 or 200 questions.
        #expect(seen > 250)
        #expect(mistaken <= 5)
    }

    @Test func `The same scores on enough questions are no difference`() throws {
        let row = (0..<900).map { Double($0 % 3) / 2 }
        var other = row
        other[7] = 1
        let comparison = try CandidateComparison([row, other, row.map { $0 / 4 }, Array(row.prefix(20))])
        #expect(comparison.findings.map(\.verdict) == [.noDifference, .leader, .worse, .undetermined])
        let interval = comparison.findings[0].difference
        #expect(interval.lower > -0.02 && interval.upper < 0.02 && interval.contains(interval.estimate))
    }

    @Test func `Questions of one group count once`() throws {
        // Ten questions of each group come out alike: 12 independent looks, not 120.
        let better = (0..<120).map { $0 / 10 % 4 == 0 ? 0.0 : 1 }
        let worse = better.map { 1 - $0 }
        let groups = (0..<120).map { "document \($0 / 10)" }
        #expect(try CandidateComparison([worse, better]).findings[0].verdict == .worse)
        #expect(try CandidateComparison([worse, better], groups: groups).findings[0].verdict == .undetermined)
        // Stopped within the second group: only the first one counts.
        let early = try CandidateComparison([better, Array(worse.prefix(15))], groups: groups)
        #expect(early.findings[1].difference.estimate == -1)
    }

    @Test func `What cannot be compared is refused`() {
        #expect(throws: StatisticsError.self) { try CandidateComparison([]) }
        #expect(throws: StatisticsError.self) { try CandidateComparison([[], []]) }
        #expect(throws: StatisticsError.self) { try CandidateComparison([[0.5], [2]]) }
        #expect(throws: StatisticsError.self) { try CandidateComparison([[0.5], [.nan]]) }
        #expect(throws: StatisticsError.self) { try CandidateComparison([[0.5, 0.5]], groups: ["a"]) }
    }
}

@Suite struct BettingIntervalTests {
    /// The formula of the paper as it stands there, over a grid of means, with the plain product of all bets.
    private func literal(_ values: [Double], error: Double) -> (lower: Double, upper: Double) {
        let unit = values.map { ($0 + 1) / 2 }
        var stakes: [Double] = []
        for t in 1...unit.count {
            func mean(_ i: Int) -> Double { (0.5 + unit[..<i].reduce(0, +)) / Double(i + 1) }
            let squares = (1..<t).reduce(0.25) { $0 + (unit[$1 - 1] - mean($1)) * (unit[$1 - 1] - mean($1)) }
            let variance = squares / Double(t)
            stakes.append((2 * logarithm(2 / error) / (variance * Double(t) * logarithm(1 + Double(t)))).squareRoot())
        }
        let left = (0...4000).map { Double($0) / 4000 }.filter { m in
            var (up, down, isLeft) = (1.0, 1.0, true)
            for (x, stake) in zip(unit, stakes) {
                up *= 1 + min(stake, 0.75 / m) * (x - m)
                down *= 1 - min(stake, 0.75 / (1 - m)) * (x - m)
                if max(up, down) / 2 >= 1 / error { isLeft = false }
            }
            return isLeft
        }
        return (2 * (left.first ?? 0) - 1, 2 * (left.last ?? 0) - 1)
    }

    @Test(arguments: [0.0, 0.3, -0.5])
    func `It is the paper's formula`(shift: Double) throws {
        var generator = SplitMix64(seed: 31)
        let values = (0..<80).map { _ in min(max(shift + generator.nextUnit() - generator.nextUnit(), -1), 1) }
        let ours = try bettingInterval(values, confidence: 0.9)
        let expected = literal(values, error: 0.1)
        #expect(abs(ours.lower - expected.lower) < 1e-3)
        #expect(abs(ours.upper - expected.upper) < 1e-3)
    }

    @Test func `It holds the mean at all moments together`() throws {
        var generator = SplitMix64(seed: 32)
        var missed = 0
        for _ in 0..<400 {
            let values = (0..<200).map { _ in generator.nextUnit() < 0.7 ? 0.3 : -0.7 }
            if try !bettingInterval(values).contains(0) { missed += 1 }
        }
        #expect(missed <= 20)
    }

    @Test func `It narrows with the values, and ends are ends`() throws {
        #expect(try bettingInterval([1]).upper == 1)
        let few = try bettingInterval(Array(repeating: 0, count: 50))
        let many = try bettingInterval(Array(repeating: 0, count: 500))
        #expect(abs(few.upper + few.lower) < 1e-9)
        #expect(many.upper < few.upper / 5)
        #expect(throws: StatisticsError.self) { try bettingInterval([]) }
    }
}
