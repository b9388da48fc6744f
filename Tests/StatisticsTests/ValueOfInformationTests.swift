import Base
import Statistics
import Testing

@Suite struct ValueOfInformationTests {
    private static func rows(_ count: Int, gap: Double) -> [[Double]] {
        var random = SplitMix64(seed: 3)
        let first = (0..<count).map { _ in random.nextUnit() }
        return [first, first.map { min(1, max(0, $0 + (random.nextUnit() - 0.5) * 0.4 - gap)) }]
    }

    @Test func `for two candidates it is the unit normal loss`() throws {
        let rows = Self.rows(50, gap: 0.02)
        let differences = zip(rows[0], rows[1]).map(-)
        let n = 50.0
        let delta = abs(differences.reduce(0, +) / n)
        let variance =
            differences.reduce(0) { $0 + ($1 - differences.reduce(0, +) / n) * ($1 - differences.reduce(0, +) / n) }
            / (n - 1)
        let tau = (variance * 20 / (n * (n + 20))).squareRoot()
        // τ φ(u) − δ Φ(−u) by its integral ∫ (t − δ)+ dN(t; 0, τ²).
        var exact = 0.0
        let step = tau / 2_000
        for place in 0..<20_000 {
            let t = delta + (Double(place) + 0.5) * step
            exact += (t - delta) * exponential(-t * t / (2 * tau * tau)) / (tau * 2.506628274631) * step
        }
        let simulated = try expectedValueOfSampleInformation(rows, more: 20, draws: 20_000, using: SplitMix64(seed: 1))
        #expect(abs(simulated - exact) < 0.06 * exact, "\(simulated) and \(exact)")
    }

    @Test func `questions are worth more where the leaders are close, and nothing where one is alone`() throws {
        func value(_ gap: Double, _ more: Int = 20) throws -> Double {
            try expectedValueOfSampleInformation(Self.rows(60, gap: gap), more: more, using: SplitMix64(seed: 1))
        }
        #expect(try value(0) > 4 * value(0.1))
        #expect(try value(0.02, 80) > value(0.02, 20))
        #expect(try expectedValueOfSampleInformation([[0, 1, 1]], more: 20, using: SplitMix64(seed: 1)) == 0)
        #expect(throws: StatisticsError.self) {
            try expectedValueOfSampleInformation([[0, 1], [1]], more: 5, using: SplitMix64(seed: 1))
        }
    }

    @Test func `more candidates gain more, and none where all are alike or the best is perfect`() throws {
        var random = SplitMix64(seed: 8)
        let rows = (0..<30).map { number in (0..<40).map { _ in random.nextUnit() * 0.2 + Double(number % 10) * 0.05 } }
        let (few, many) = try (expectedImprovement(rows, more: 5), expectedImprovement(rows, more: 50))
        #expect(few > 0 && many > few && many < 0.5)
        #expect(try expectedImprovement(Array(repeating: [0.5, 0.2, 0.9], count: 4), more: 50) == 0)
        #expect(try expectedImprovement([[1, 1], [1, 1], [0, 1], [0, 0]], more: 50) == 0)
        #expect(throws: StatisticsError.self) { try expectedImprovement([[1, 0], [0, 1]], more: 5) }
    }

    @Test func `differences that questions alone make promise nothing`() throws {
        var random = SplitMix64(seed: 9)
        let noise = (0..<30).map { _ in (0..<40).map { _ in random.nextUnit() } }
        var bent = noise
        for place in bent.indices { bent[place] = bent[place].map { $0 * 0.5 + Double(place) / 60 } }
        #expect(try expectedImprovement(noise, more: 20) < 0.3 * expectedImprovement(bent, more: 20))
    }
}
