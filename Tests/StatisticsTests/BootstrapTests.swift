import Base
import Statistics
import Testing

@Suite struct BootstrapTests {
    let values = [0.12, 0.85, 0.44, 0.91, 0.33, 0.67, 0.05, 0.78, 0.59, 0.26, 0.99, 0.48]
    let groups = ["a", "a", "a", "b", "b", "b", "c", "c", "c", "d", "d", "d"]

    @Test("The interval agrees with scipy.stats.bootstrap, up to the noise of resampling")
    func agreesWithSciPy() throws {
        let interval = try bootstrapMeanInterval(values, resamples: 50_000, using: SplitMix64(seed: 1))
        #expect(abs(interval.estimate - 0.5391666666666667) < 1e-12)
        // scipy 1.17.1, method="percentile", 400,000 resamples.
        #expect(abs(interval.lower - 0.37000) < 0.005)
        #expect(abs(interval.upper - 0.70583) < 0.005)
        #expect(interval.confidence == 0.95)
    }

    @Test("Groups are drawn whole, as in a resampling written with numpy")
    func drawsGroupsWhole() throws {
        let interval = try bootstrapMeanInterval(values, groups: groups, resamples: 50_000, using: SplitMix64(seed: 1))
        #expect(abs(interval.lower - 0.471667) < 0.005)
        #expect(abs(interval.upper - 0.606667) < 0.005)
        #expect(abs(interval.estimate - 0.5391666666666667) < 1e-12)
    }

    @Test("Copying every value into its group leaves the interval as it was")
    func copiesAddNothing() throws {
        let names = values.indices.map(String.init)
        let once = try bootstrapMeanInterval(values, groups: names, using: SplitMix64(seed: 3))
        let twice = try bootstrapMeanInterval(
            values + values, groups: names + names, using: SplitMix64(seed: 3))
        #expect(abs(once.lower - twice.lower) < 1e-12)
        #expect(abs(once.upper - twice.upper) < 1e-12)
    }

    @Test("A paired difference agrees with scipy and is narrower than either mean's interval")
    func pairedDifference() throws {
        let other = values.reversed().map { $0 * 0.8 }
        let interval = try pairedDifferenceInterval(values, other, resamples: 50_000, using: SplitMix64(seed: 1))
        #expect(abs(interval.lower - -0.089167) < 0.006)
        #expect(abs(interval.upper - 0.301167) < 0.006)

        let slightlyWorse = values.map { $0 - 0.1 }
        let constant = try pairedDifferenceInterval(values, slightlyWorse, using: SplitMix64(seed: 1))
        #expect(abs(constant.lower - 0.1) < 1e-9)
        #expect(abs(constant.upper - 0.1) < 1e-9)
    }

    @Test("Equal seeds give equal intervals and other seeds others")
    func deterministic() throws {
        let first = try bootstrapMeanInterval(values, using: SplitMix64(seed: 7))
        #expect(try bootstrapMeanInterval(values, using: SplitMix64(seed: 7)) == first)
        #expect(try bootstrapMeanInterval(values, using: SplitMix64(seed: 8)) != first)
    }

    @Test("The interval holds the true mean about as often as it says")
    func covers() throws {
        var generator = SplitMix64(seed: 11)
        var held = 0
        for run in 0..<400 {
            let sample = (0..<60).map { _ in generator.nextUnit() }
            let interval = try bootstrapMeanInterval(sample, resamples: 400, using: SplitMix64(seed: UInt64(run)))
            if interval.contains(0.5) { held += 1 }
        }
        #expect((0.91...0.98).contains(Double(held) / 400))
    }

    @Test("What cannot give an interval is refused with a sentence")
    func refuses() {
        let generator = SplitMix64(seed: 1)
        #expect(code { try bootstrapMeanInterval([0.5], using: generator) } == .tooFew)
        #expect(code { try bootstrapMeanInterval([0.5, 0.6], groups: ["a", "a"], using: generator) } == .tooFew)
        #expect(code { try bootstrapMeanInterval([0.5, .nan], using: generator) } == .notFinite)
        #expect(code { try bootstrapMeanInterval([0.5, 0.6], groups: ["a"], using: generator) } == .lengthsDiffer)
        #expect(code { try pairedDifferenceInterval([0.5, 0.6], [1], using: generator) } == .lengthsDiffer)
        #expect(code { try bootstrapMeanInterval([0, 1], confidence: 1, using: generator) } == .badArgument)
        #expect(code { try bootstrapMeanInterval([0, 1], resamples: 0, using: generator) } == .badArgument)
    }
}

/// The code of the error that a computation throws, or nil where it throws none.
func code(_ body: () throws -> some Any) -> StatisticsError.Code? {
    do {
        _ = try body()
        return nil
    } catch {
        return (error as? StatisticsError)?.code
    }
}
