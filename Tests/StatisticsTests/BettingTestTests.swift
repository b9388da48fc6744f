import Base
import Statistics
import Testing

@Suite struct BettingTestTests {
    /// A difference of two scores that are 0 or 1, as questions are found or not.
    private func difference(_ shift: Double, _ generator: inout SplitMix64) -> Double {
        let first = generator.nextUnit() < 0.6 + shift ? 1.0 : 0
        let second = generator.nextUnit() < 0.6 ? 1.0 : 0
        return first - second
    }

    @Test func `What is looked at after every value errs no more often than it may`() {
        var generator = SplitMix64(seed: 4)
        var rejected = 0
        for _ in 0..<2000 {
            var test = BettingTest()
            for _ in 0..<200 { test.add(difference(0, &generator)) }
            if test.pValue <= 0.05 { rejected += 1 }
        }
        // 5 % of 2,000 and three standard deviations.
        #expect(rejected <= 129)
        // A test that never says anything would pass, too.
        #expect(rejected > 20)
    }

    @Test func `It sees a difference that is there`() {
        var generator = SplitMix64(seed: 5)
        var rejected = 0
        for _ in 0..<200 {
            var test = BettingTest()
            for _ in 0..<300 { test.add(difference(0.2, &generator)) }
            if test.pValue <= 0.05 { rejected += 1 }
        }
        #expect(rejected >= 180)
    }

    /// Five configurations that are all alike, an incumbent that is whoever leads, Holm over the others: how often any
    /// is called worse. A paired t-test repeated after every question is the negative control.
    @Test func `Among equals hardly any is called worse, whoever leads; a repeated t-test nearly always errs`() {
        let (candidates, questions, runs) = (5, 150, 2000)
        var generator = SplitMix64(seed: 6)
        var (wrong, wrongOfControl) = (0, 0)
        for _ in 0..<runs {
            var tests = Array(repeating: BettingTest(), count: candidates)
            var totals = Array(repeating: 0.0, count: candidates)
            var sums = Array(repeating: (sum: 0.0, squares: 0.0), count: candidates)
            var controlErred = false
            for question in 1...questions {
                // Questions are easy or hard for all alike.
                let ease = generator.nextUnit()
                let scores = (0..<candidates).map { _ in generator.nextUnit() < ease ? 1.0 : 0 }
                // The leader by the questions before this one.
                let leader = totals.indices.max { (totals[$0], -$0) < (totals[$1], -$1) } ?? 0
                for candidate in 0..<candidates where candidate != leader {
                    let gap = scores[leader] - scores[candidate]
                    tests[candidate].add(gap)
                    sums[candidate].sum += gap
                    sums[candidate].squares += gap * gap
                    let n = Double(question)
                    let mean = sums[candidate].sum / n
                    let variance = max(sums[candidate].squares / n - mean * mean, 1e-9) * n / max(n - 1, 1)
                    if question >= 10, mean / (variance / n).squareRoot() > 1.66 { controlErred = true }
                }
                for candidate in 0..<candidates { totals[candidate] += scores[candidate] }
            }
            if holmAdjusted(tests.map(\.pValue)).contains(where: { $0 <= 0.05 }) { wrong += 1 }
            if controlErred { wrongOfControl += 1 }
        }
        #expect(Double(wrong) / Double(runs) <= 0.05)
        #expect(Double(wrongOfControl) / Double(runs) > 0.6)
    }

    @Test func `Values outside the range count as its ends`() {
        var wild = BettingTest()
        var tame = BettingTest()
        for value in [5.0, -7, 0.5, 9] { wild.add(value) }
        for value in [1.0, -1, 0.5, 1] { tame.add(value) }
        #expect(wild == tame)
        #expect(BettingTest().pValue == 1)
    }
}

@Suite struct HolmTests {
    @Test func `Adjusted values are those of R's p.adjust`() {
        // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
        let adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005])
        for (value, expected) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) { #expect(abs(value - expected) < 1e-12) }
        #expect(holmAdjusted([]).isEmpty)
        #expect(holmAdjusted([0.9, 0.8]) == [1, 1])
    }
}

@Suite struct DetectableDifferenceTests {
    @Test func `What a hundred items can show, and how many show what`() {
        // (1.959964 + 0.841621) · 0.3 / 10
        #expect(abs(detectableDifference(deviation: 0.3, items: 100) - 0.0840475) < 1e-6)
        #expect(itemsNeeded(toDetect: 0.05, deviation: 0.3) == 283)
        #expect(itemsNeeded(toDetect: 0, deviation: 0.3) == .max)
        #expect(itemsNeeded(toDetect: 1e-300, deviation: 0.3) == .max)
    }

    @Test func `So many items show the difference that was found, in four of five comparisons`() throws {
        let found = (0..<50).map { [0.3, 0, 0, -0.2, 0.1][$0 % 5] }
        let needed = try #require(try itemsToTell(found))
        // Groups of two that are alike tell half as much.
        let doubled = try itemsToTell(found + found, groups: (found + found).indices.map { "\($0 % 50)" })
        #expect(abs(Double(doubled ?? 0) - 2 * Double(needed)) <= 2)
        var generator = SplitMix64(seed: 9)
        var shown = 0
        for _ in 0..<500 {
            let drawn = (0..<needed).map { _ in found[Int(generator.next(upperBound: UInt64(50)))] }
            if try meanDifferenceInterval(drawn).lower > 0 { shown += 1 }
        }
        #expect((360...440).contains(shown))
        #expect(try itemsToTell([0, 0, 0]) == nil)
        #expect(try itemsToTell([0.1, -0.1]) == nil)
    }
}
