import Base
import Foundation
import Testing

@testable import AutoML

private let file: String? = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"].map { $0 + "/samplers/samplers.json" }

/// Compares with what `Tests/Peers/samplers.py` wrote below `NEO_PEERS_DIR`.
@Suite(.enabled(if: file.map(FileManager.default.fileExists) == true, "make test-peers writes samplers.json"))
struct SamplerPeerTests {
    struct Problem: Decodable {
        struct Sample: Decodable {
            var values: [String: JSONValue]
            var score: Double
        }
        var name: String
        var parameters: [Parameter]
        var table: [String: Double]
        var optimum: Double
        var samples: [Sample]
        var regrets: [Double]

        func score(_ configuration: Configuration) -> Double {
            guard table.isEmpty else {
                let key = configuration.values.sorted { $0.key < $1.key }.map { "\($0)=\($1.canonicalText)" }
                return table[key.joined(separator: ";")] ?? .nan
            }
            return TestFunctions.value(of: name, at: configuration)
        }
    }

    struct Peer: Decodable {
        var optuna: String
        var trials: Int
        var problems: [Problem]
    }

    private func peer() throws -> Peer {
        try JSONDecoder().decode(Peer.self, from: Data(contentsOf: URL(filePath: try #require(file))))
    }

    @Test func `The functions are the peer's`() throws {
        for problem in try peer().problems {
            for sample in problem.samples {
                let ours = problem.score(Configuration(sample.values))
                #expect(abs(ours - sample.score) < 1e-9 * max(1, abs(sample.score)), "\(problem.name)")
            }
        }
    }

    /// Regret: the optimum minus the best of 80 trials. The ratio of mean regrets is taken over a small floor, 1 % of
    /// what chance leaves, so that a problem that both solve counts as a tie.
    @Test func `The regret of TPE beside Optuna's and that of chance`() throws {
        let peer = try peer()
        var logRatios: [[Double]] = []
        var wins = 0
        var rows = ["Optuna \(peer.optuna), \(peer.trials) trials"]
        rows.append("problem | ours | Optuna | random | greedy | ratio")
        var generator = SplitMix64(seed: 11)
        for problem in peer.problems {
            let space = try SearchSpace(problem.parameters)
            let seeds = problem.regrets.count
            let ours = try (0..<seeds).map { try regret(problem, space, TPESampler(space), peer.trials, seed: $0) }
            let random = RandomSampler(space)
            let chance = try (0..<seeds).map { try regret(problem, space, random, peer.trials, seed: $0) }
            // Real numbers have no grid, and no greedy search.
            let greedy = try? GreedySampler(space)
            let steps = try greedy.map { try regret(problem, space, $0, peer.trials, seed: 0) }
            let floor = 0.01 * mean(chance) + 1e-12
            let ratio = (mean(ours) + floor) / (mean(problem.regrets) + floor)
            wins += mean(ours) < mean(chance) ? 1 : 0
            let figures = [mean(ours), mean(problem.regrets), mean(chance)].map(text)
            rows.append(([problem.name] + figures + [steps.map(text) ?? "", text(ratio)]).joined(separator: " | "))
            let drawn = (0..<2000).map { _ in
                let pick = (0..<seeds).map { _ in Int.random(in: 0..<seeds, using: &generator) }
                let other = (0..<seeds).map { _ in Int.random(in: 0..<seeds, using: &generator) }
                let above = mean(pick.map { ours[$0] }) + floor
                let below = mean(other.map { problem.regrets[$0] }) + floor
                return logarithm(above / below)
            }
            logRatios.append(drawn)
        }
        let means = (0..<2000).map { draw in logRatios.reduce(0) { $0 + $1[draw] } / Double(logRatios.count) }.sorted()
        let (middle, upper) = (exponential(means[1000]), exponential(means[1950]))
        rows.append("geometric mean \(text(middle)), upper 95 % bound \(text(upper)); better than chance on \(wins)")
        print(rows.joined(separator: "\n"))
        #expect(peer.problems.count >= 5)
        #expect(upper <= 1.3)
        #expect(wins * 8 >= peer.problems.count * 6)
    }

    private func regret(
        _ problem: Problem, _ space: SearchSpace, _ sampler: any Sampler, _ trials: Int, seed: Int
    ) throws -> Double {
        var history: [Observation] = []
        var best = -Double.infinity
        for number in 0..<trials {
            var generator = SplitMix64(seed: UInt64(seed), stream: "ask \(number)")
            guard let configuration = try sampler.ask(history: history, using: &generator) else { break }
            let score = problem.score(configuration)
            try #require(!score.isNaN, "\(problem.name): \(configuration.values)")
            best = max(best, score)
            history.append(Observation(number: number, configuration: configuration, outcome: .score(score)))
        }
        return problem.optimum - best
    }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    private func text(_ value: Double) -> String { String(format: "%.4f", value) }
}
