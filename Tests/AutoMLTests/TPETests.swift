import Base
import Testing

@testable import AutoML

@Suite struct TPETests {
    /// The best score after so many trials, the mean over some seeds.
    private func best(
        _ space: SearchSpace, _ make: (SearchSpace) throws -> any Sampler, trials: Int = 40,
        score: (Configuration) -> Double
    ) throws -> Double {
        let seeds = 12
        var sum = 0.0
        for seed in 0..<seeds {
            let sampler = try make(space)
            var history: [Observation] = []
            for number in 0..<trials {
                var generator = SplitMix64(seed: UInt64(seed), stream: "ask \(number)")
                let asked = number == 0 ? space.default : try sampler.ask(history: history, using: &generator)
                guard let asked else { break }
                history.append(
                    Observation(number: number, configuration: asked, outcome: .score(score(asked))))
            }
            sum += history.map { if case .score(let value) = $0.outcome { value } else { -.infinity } }.max() ?? 0
        }
        return sum / Double(seeds)
    }

    @Test("It finds more than chance where good values lie together, and where parameters only help in company")
    func beatsRandom() throws {
        let numbers = try SearchSpace([
            Parameter("x", .real(-5...5, log: false)), Parameter("y", .real(0.001...1000, log: true)),
            Parameter("n", .integer(0...50, step: 1)),
        ])
        let bowl = { (configuration: Configuration) -> Double in
            let x = (configuration["x"]?.number ?? 0) - 2
            let y = logarithm(configuration["y"]?.number ?? 1) / 7
            let n = ((configuration["n"]?.number ?? 0) - 37) / 25
            return -(x * x / 6 + y * y + n * n)
        }
        #expect(try best(numbers, TPESampler.init, score: bowl) > best(numbers, RandomSampler.init, score: bowl))

        let words = try SearchSpace((0..<6).map { Parameter("p\($0)", .categorical([0, 1, 2, 3])) })
        let company = { (configuration: Configuration) -> Double in
            let values = (0..<6).map { configuration["p\($0)"]?.integer ?? 0 }
            return Double(values.count { $0 == 3 }) + (values[0] == 2 && values[1] == 1 ? 3 : 0)
        }
        #expect(try best(words, TPESampler.init, score: company) > best(words, RandomSampler.init, score: company))
    }

    @Test("A density sums to one over steps and choices, and draws what it says")
    func density() {
        let dimensions: [ParzenDimension] = [.choices(3), .steps(5)]
        let density = ParzenEstimator([[0, 1], [0, 2], [2, 4]], dimensions: dimensions)
        var sum = 0.0
        var probabilities: [[Double]: Double] = [:]
        for choice in 0..<3 {
            for step in 0..<5 {
                let point = [Double(choice), Double(step)]
                probabilities[point] = exponential(density.logDensity(at: point))
                sum += probabilities[point] ?? 0
            }
        }
        #expect(abs(sum - 1) < 1e-12)
        var counts: [[Double]: Double] = [:]
        var generator = SplitMix64(seed: 3)
        for _ in 0..<20_000 { counts[density.draw(using: &generator), default: 0] += 1 }
        for (point, probability) in probabilities {
            // Five standard deviations.
            let expected = 20_000 * probability
            #expect(abs((counts[point] ?? 0) - expected) < 5 * expected.squareRoot() + 1)
        }
    }

    @Test("A density of numbers integrates to one, also with its kernels cut off at an end")
    func continuousDensity() {
        let density = ParzenEstimator([[0], [0.1], [9.9]], dimensions: [.interval(0, 10)])
        let step = 0.001
        let sum = (0..<10_000).reduce(0.0) { sum, place in
            sum + exponential(density.logDensity(at: [(Double(place) + 0.5) * step])) * step
        }
        #expect(abs(sum - 1) < 1e-6)
        var generator = SplitMix64(seed: 3)
        #expect((0..<1000).allSatisfy { _ in (0...10).contains(density.draw(using: &generator)[0]) })
    }

    @Test("Parameters under one condition are a group, behind those that the condition looks at")
    func groups() throws {
        let parameters = [
            Parameter("a", .categorical([1, 2])), Parameter("b", .categorical([1]), when: .init("a", isOneOf: [1])),
            Parameter("c", .categorical([1, 2])), Parameter("d", .categorical([1]), when: .init("c", isOneOf: [2])),
            Parameter("e", .categorical([1]), when: .init("a", isOneOf: [1])),
        ]
        let groups = ParameterGroup.groups(of: parameters).map { $0.parameters.map(\.name) }
        #expect(groups == [["a", "c"], ["b", "e"], ["d"]])
    }

    @Test("Points are ranked by who dominates them; equal points share a rank")
    func nondominated() {
        #expect(nondominatedRanks([[1, 1], [2, 0], [0, 0], [1, 1], [0, 2], [0, 1]]) == [0, 0, 2, 0, 0, 1])
        #expect(nondominatedRanks([]).isEmpty)
        #expect(nondominatedRanks([[3], [1], [3], [2]]) == [0, 2, 0, 1])
    }
}

@Suite struct GreedySamplerTests {
    @Test("One parameter after the other, the best value of each is kept")
    func order() throws {
        let space = try SearchSpace([
            Parameter("a", .categorical(["x", "y"])), Parameter("b", .categorical([1, 2, 3])),
            Parameter("c", .categorical([7, 8]), when: .init("a", isOneOf: ["y"])),
        ])
        let sampler = try GreedySampler(space)
        // Alone, `a = y` is better; then `b = 3`; `c = 8` spoils it.
        func score(_ configuration: Configuration) -> Double {
            (configuration["a"] == "y" ? 1 : 0) + (configuration["b"]?.number ?? 0) - (configuration["c"] == 8 ? 5 : 0)
        }
        var history: [Observation] = []
        var generator = SplitMix64(seed: 1)
        for number in 0..<5 {
            let asked = try #require(sampler.ask(history: history, using: &generator))
            history.append(Observation(number: number, configuration: asked, outcome: .score(score(asked))))
        }
        let expected: [[String: JSONValue]] = [
            ["a": "x", "b": 1], ["a": "y", "b": 1, "c": 7], ["a": "y", "b": 2, "c": 7], ["a": "y", "b": 3, "c": 7],
            ["a": "y", "b": 3, "c": 8],
        ]
        #expect(history.map(\.configuration) == expected.map { Configuration($0) })
    }
}
