import Base
import Foundation
import Testing

@testable import AutoML

private let folder: String? = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"].map { $0 + "/samplers/tables" }

/// Replays races on measured tables: every configuration of a grid on every question, as `Tests/Peers/samplers.py` took
/// them from searched projects.
@Suite(.enabled(if: folder.map(FileManager.default.fileExists) == true, "make test-peers writes the tables"))
struct AllocationPeerTests {
    struct Table: Decodable {
        var name: String
        var parameters: [Parameter]
        var items: [String]
        var configurations: [Configuration]
        var scores: [[Double]]
    }

    /// Tells what the table holds.
    struct TableEvaluator: Evaluator {
        let items: [String: Int]
        let scores: [String: [Double]]

        init(_ table: Table) {
            items = Dictionary(uniqueKeysWithValues: table.items.enumerated().map { ($1, $0) })
            scores = Dictionary(uniqueKeysWithValues: zip(table.configurations.map(\.hash.hex), table.scores))
        }

        @concurrent
        func measure(_ configuration: Configuration, on wanted: [String]) async throws -> [AutoML.Measurement] {
            let row = try #require(scores[configuration.hash.hex])
            return wanted.map { item in
                AutoML.Measurement(item: item, metrics: ["score": items[item].map { row[$0] } ?? .nan])
            }
        }
    }

    @Test func `Successive halving beside the whole grid`() async throws {
        var rows = ["table | questions | configurations | cost | within 0.005 | mean loss"]
        for table in try Self.tables() {
            let space = try SearchSpace(table.parameters)
            let evaluator = TableEvaluator(table)
            let best = table.scores.map { $0.reduce(0, +) / Double($0.count) }.max() ?? 0
            // `neo-bench allocation` does 200, optimised.
            let orders = 5
            var spent = 0
            var losses: [Double] = []
            for order in 0..<orders {
                let outcome = try await Study(
                    space: space, sampler: RandomSampler(space), objective: Objective("score"), items: table.items,
                    evaluator: evaluator, journal: InMemoryTrialJournal(),
                    limits: StudyLimits(trials: table.configurations.count), racing: .usual, seed: UInt64(order),
                    nanoseconds: { 0 }
                ).run()
                spent += outcome.trials.reduce(0) { $0 + $1.measurements.count }
                losses.append(best - (outcome.winner.value ?? 0))
            }
            let cost = Double(spent) / Double(orders * table.items.count * table.configurations.count)
            let near = Double(losses.count { $0 <= 0.005 + 1e-12 }) / Double(orders)
            let loss = losses.reduce(0, +) / Double(orders)
            rows.append(
                "\(table.name) | \(table.items.count) | \(table.configurations.count) | "
                    + "\([cost, near, loss].map { String(format: "%.4f", $0) }.joined(separator: " | "))")
            #expect(cost <= 0.42, "\(table.name)")
            #expect(near >= 0.6, "\(table.name)")
        }
        print(rows.joined(separator: "\n"))
    }

    /// What a sampler leaves on the table after the usual number of trials: the evidence for the default sampler.
    @Test func `The loss after 24 trials by sampler`() async throws {
        var rows = ["table | random | tpe | greedy"]
        for table in try Self.tables() {
            let space = try SearchSpace(table.parameters)
            let best = table.scores.map { $0.reduce(0, +) / Double($0.count) }.max() ?? 0
            let samplers: [any Sampler] = [RandomSampler(space), TPESampler(space), try GreedySampler(space)]
            var cells: [String] = []
            for sampler in samplers {
                var sum = 0.0
                let seeds = 100
                for seed in 0..<seeds {
                    let outcome = try await Study(
                        space: space, sampler: sampler, objective: Objective("score"), items: table.items,
                        evaluator: TableEvaluator(table), journal: InMemoryTrialJournal(),
                        limits: StudyLimits(trials: 24), seed: UInt64(seed), nanoseconds: { 0 }
                    ).run()
                    sum += best - (outcome.winner.value ?? 0)
                }
                cells.append(String(format: "%.4f", sum / Double(seeds)))
            }
            rows.append("\(table.name) | " + cells.joined(separator: " | "))
        }
        print(rows.joined(separator: "\n"))
    }

    static func tables() throws -> [Table] {
        let names = try FileManager.default.contentsOfDirectory(atPath: try #require(folder)).sorted()
        return try names.filter { $0.hasSuffix(".json") }.map { name in
            let path = URL(filePath: try #require(folder)).appending(path: name)
            return try JSONDecoder().decode(Table.self, from: Data(contentsOf: path))
        }
    }
}
