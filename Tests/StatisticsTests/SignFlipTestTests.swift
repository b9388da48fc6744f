import Base
import Statistics
import Testing

@Suite struct SignFlipTestTests {
    // scipy 1.17.1: scipy.stats.permutation_test(permutation_type="samples"), all patterns.
    @Test(
        "With few items all sign patterns are tried and the p-value is scipy's",
        arguments: [
            ([1, 2, 3, 4, 5], 0.0625),
            ([0.1, -0.2, 0.3, 0.05, 0.4, 0.25, -0.1, 0.3], 0.125),
            ([1, -1, 2, -2], 1),
            ([0.5, 0.5, 0.5, -0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5], 0.021484375),
        ] as [([Double], Double)]
    )
    func exact(differences: [Double], expected: Double) throws {
        #expect(try pairedSignFlipTest(differences, using: SplitMix64(seed: 1)) == expected)
    }

    @Test("With many items patterns are drawn and the p-value is close to scipy's")
    func drawn() throws {
        let differences = [
            -0.301, -0.562, -0.024, 0.31, 0.668, 0.155, -0.176, -0.292, 0.474, 0.917, 0.236, -0.517, -0.379, 0.9, 0.201,
            -0.766, 0.058, -0.482, -0.215, -0.144, -0.257, 0.377, 0.068, -0.195, 0.305, 0.515, -0.722, -0.028, -0.39,
            0.013, -0.545, 0.11, 0.081, -0.052, -0.424, -0.098, -0.446, -0.578, 0.212, -0.455,
        ]
        let p = try pairedSignFlipTest(differences, resamples: 100_000, using: SplitMix64(seed: 1))
        #expect(abs(p - 0.3567) < 0.006)
        #expect(try pairedSignFlipTest(differences, resamples: 100_000, using: SplitMix64(seed: 1)) == p)
    }

    @Test("A drawn p-value is never zero")
    func neverZero() throws {
        let p = try pairedSignFlipTest(Array(repeating: 1.0, count: 100), resamples: 999, using: SplitMix64(seed: 1))
        #expect(p == 0.001)
    }

    @Test("Items of one group flip together")
    func groups() throws {
        let differences = [1.0, 1, 1, 1, 1, 1]
        #expect(try pairedSignFlipTest(differences, using: SplitMix64(seed: 1)) == 2.0 / 64)
        let grouped = try pairedSignFlipTest(
            differences, groups: ["a", "a", "a", "b", "b", "b"], using: SplitMix64(seed: 1))
        #expect(grouped == 0.5)
    }

    @Test("No difference anywhere is no evidence")
    func zero() throws {
        #expect(try pairedSignFlipTest(Array(repeating: 0.0, count: 100), using: SplitMix64(seed: 1)) == 1)
    }

    @Test("Without a true difference the test rejects at 5 % about 5 % of the time")
    func level() throws {
        var generator = SplitMix64(seed: 21)
        var rejected = 0
        for run in 0..<1000 {
            let differences = (0..<30).map { _ in generator.nextUnit() - generator.nextUnit() }
            let p = try pairedSignFlipTest(differences, resamples: 199, using: SplitMix64(seed: UInt64(run)))
            if p <= 0.05 { rejected += 1 }
        }
        #expect((30...75).contains(rejected))
    }

    @Test("What cannot be tested is refused")
    func refuses() {
        #expect(code { try pairedSignFlipTest([], using: SplitMix64(seed: 1)) } == .tooFew)
        #expect(code { try pairedSignFlipTest([.nan], using: SplitMix64(seed: 1)) } == .notFinite)
        #expect(code { try pairedSignFlipTest([1], resamples: 0, using: SplitMix64(seed: 1)) } == .badArgument)
    }
}
