import AutoML
import Base
import Testing

@Suite struct PortfolioTests {
    private func point(_ values: [String: Int]) -> Configuration {
        Configuration(values.mapValues { .integer($0) })
    }

    @Test func `the first does best on average, and the next one where the first does not`() {
        // Rows: good everywhere, the best of the third, the best of the first two, useless.
        let regrets = [[0.2, 0.2, 0.6], [0.9, 0.9, 0.0], [0.0, 0.0, 1.0], [1.0, 1.0, 1.0]]
        let chosen = GreedyPortfolio.choose(
            regrets, weights: [1, 1, 1], start: [1, 1, 1], limit: 3)
        // 0.33 on average; then the third problem falls to 0; then the first two.
        #expect(chosen == [0, 1, 2])
        // What saves too little, or nothing, is not taken.
        #expect(GreedyPortfolio.choose(regrets, weights: [1, 1, 1], start: [0, 0, 0], limit: 3).isEmpty)
        #expect(
            GreedyPortfolio.choose(regrets, weights: [1, 1, 1], start: [1, 1, 1], limit: 3, leastGain: 0.15) == [0, 1])
        // Only the third problem is near.
        #expect(GreedyPortfolio.choose(regrets, weights: [0, 0, 1], start: [1, 1, 1], limit: 3) == [1])
        #expect(GreedyPortfolio.choose(regrets, weights: [0, 0, 0], start: [1, 1, 1], limit: 3).isEmpty)
    }

    @Test func `effects that add up are found again, also for configurations that were not measured`() {
        func value(_ a: Int, _ b: Int, _ c: Int) -> Double { 0.5 + [0, 0.2, -0.1][a] + [0, 0.1][b] + [0, -0.3][c] }
        var observations: [(configuration: Configuration, value: Double)] = []
        for a in 0..<3 {
            for b in 0..<2 {
                for c in 0..<2 where (a + b + c) % 3 != 0 {
                    observations.append((point(["a": a, "b": b, "c": c]), value(a, b, c)))
                }
            }
        }
        let effects = MainEffects(observations, ridge: 1e-6)
        for a in 0..<3 {
            for b in 0..<2 {
                for c in 0..<2 {
                    #expect(abs(effects.value(of: point(["a": a, "b": b, "c": c])) - value(a, b, c)) < 1e-3)
                }
            }
        }
        // A value that nobody tried adds nothing, or what it adds elsewhere.
        let unknown = effects.value(of: point(["a": 7, "b": 0, "c": 0]))
        let prior = MainEffects(observations, ridge: 1e-6, prior: ["a": ["7": 0.4]])
        #expect(abs(prior.value(of: point(["a": 7, "b": 0, "c": 0])) - unknown - 0.4) < 1e-3)
    }

    @Test func `a ridge draws effects of few measurements to what is known from elsewhere`() {
        let observations: [(configuration: Configuration, value: Double)] = [
            (point(["a": 0]), 0), (point(["a": 1]), 1),
        ]
        let free = MainEffects(observations, ridge: 0.01)
        let drawn = MainEffects(observations, ridge: 10)
        let taught = MainEffects(observations, ridge: 10, prior: ["a": ["0": 1, "1": -1]])
        func gap(_ effects: MainEffects) -> Double {
            effects.value(of: point(["a": 1])) - effects.value(of: point(["a": 0]))
        }
        #expect(gap(free) > 0.95 && gap(drawn) < 0.2 && gap(taught) < -1)
    }
}
