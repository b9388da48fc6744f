import Foundation
import TestSupport
import Testing

@testable import AutoML

private let folder: String? = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"].map { $0 + "/samplers/tables" }

/// Replays races on measured tables: every configuration of a grid on every question, as `Tests/Peers/samplers.py` took
/// them from searched projects.
@Suite(.enabled(if: folder.map(FileManager.default.fileExists) == true, "make test-peers writes the tables"))
struct AllocationPeerTests {
    @Test func `Successive halving beside the whole grid`() async throws {
        var rows = ["table | questions | configurations | cost | within 0.005 | mean loss"]
        for table in try Self.tables() {
            // `neo-bench allocation` does 200, optimised.
            let figures = try await AllocationFigures(table, orders: 20)
            let cells = [figures.cost, figures.near, figures.loss].map { String(format: "%.4f", $0) }
            rows.append(
                "\(table.name) | \(table.items.count) | \(table.configurations.count) | "
                    + cells.joined(separator: " | "))
            #expect(figures.cost <= 0.40, "\(table.name)")
            #expect(figures.near >= 0.9, "\(table.name)")
        }
        print(rows.joined(separator: "\n"))
    }

    /// What a sampler leaves on the table after the usual number of trials: the evidence for the default sampler.
    @Test func `The loss after 24 trials by sampler`() async throws {
        var rows = ["table | random | tpe | greedy"]
        for table in try Self.tables() {
            let space = try SearchSpace(table.parameters)
            let best = table.best
            let samplers: [any Sampler] = [RandomSampler(space), TPESampler(space), try GreedySampler(space)]
            var losses: [Double] = []
            for sampler in samplers {
                var sum = 0.0
                let seeds = 100
                for seed in 0..<seeds {
                    let outcome = try await Study(
                        space: space, sampler: sampler, objective: Objective("score"), items: table.items,
                        evaluator: table.reader, journal: InMemoryTrialJournal(),
                        limits: StudyLimits(trials: 24), seed: UInt64(seed), nanoseconds: { 0 }
                    ).run()
                    sum += best - (outcome.winner.value ?? 0)
                }
                losses.append(sum / Double(seeds))
            }
            rows.append("\(table.name) | " + losses.map { String(format: "%.4f", $0) }.joined(separator: " | "))
            #expect(losses[2] <= losses[0], "greedy loses no more than random on \(table.name)")
        }
        print(rows.joined(separator: "\n"))
    }

    static func tables() throws -> [MeasuredTable] { try MeasuredTable.all(in: try #require(folder)) }
}
