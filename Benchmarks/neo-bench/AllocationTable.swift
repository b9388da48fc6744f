import AutoML
import Base
import Foundation

/// Replays races on measured tables: every configuration of a grid on every question, as `make test-peers` writes them.
/// No clock is read: what is counted are measurements, and what the winner loses against the best of the grid.
///
///     neo-bench allocation 200 .build/peers/samplers/tables/*.json
enum AllocationTable {
    private struct Table: Decodable {
        var name: String
        var parameters: [Parameter]
        var items: [String]
        var configurations: [Configuration]
        var scores: [[Double]]

        var best: Double { scores.map { $0.reduce(0, +) / Double($0.count) }.max() ?? 0 }
    }

    /// Tells what a table holds.
    private struct TableEvaluator: Evaluator {
        let items: [String: Int]
        let scores: [Configuration: [Double]]

        init(_ table: Table) {
            items = Dictionary(uniqueKeysWithValues: table.items.enumerated().map { ($1, $0) })
            scores = Dictionary(uniqueKeysWithValues: zip(table.configurations, table.scores))
        }

        @concurrent
        func measure(_ configuration: Configuration, on wanted: [String]) async throws -> [AutoML.Measurement] {
            let row = scores[configuration] ?? []
            return wanted.map { item in
                AutoML.Measurement(item: item, metrics: ["score": items[item].map { row[$0] } ?? .nan])
            }
        }
    }

    /// Every configuration in an order of its own.
    private struct ShuffledSampler: Sampler {
        let name = "random"
        let configurations: [Configuration]

        func ask(history: [Observation], using generator: inout SplitMix64) -> Configuration? {
            history.count <= configurations.count ? configurations[history.count - 1] : nil
        }
    }

    static func print(_ arguments: ArraySlice<String>) async throws {
        let orders = arguments.first.flatMap { Int($0) } ?? 200
        Swift.print("table | questions | configurations | orders | cost | winner within 0.005 | mean loss")
        for path in arguments.dropFirst() {
            let table = try JSONDecoder().decode(Table.self, from: Data(contentsOf: URL(filePath: path)))
            Swift.print(try await row(table, orders: orders))
        }
    }

    private static func row(_ table: Table, orders: Int) async throws -> String {
        let evaluator = TableEvaluator(table)
        let space = try SearchSpace(table.parameters)
        var spent = 0
        var losses: [Double] = []
        let others = (space.enumerated.map(Array.init) ?? []).filter { $0 != space.default }
        for order in 0..<orders {
            var generator = SplitMix64(seed: UInt64(order), stream: "order")
            let sampler = ShuffledSampler(configurations: others.shuffled(using: &generator))
            let outcome = try await Study(
                space: space, sampler: sampler, objective: Objective("score"), items: table.items,
                evaluator: evaluator, journal: InMemoryTrialJournal(),
                limits: StudyLimits(trials: table.configurations.count), racing: .usual, seed: UInt64(order),
                nanoseconds: { 0 }
            ).run()
            spent += outcome.trials.reduce(0) { $0 + $1.measurements.count }
            losses.append(table.best - (outcome.winner.value ?? 0))
        }
        let cost = Double(spent) / Double(orders * table.items.count * table.configurations.count)
        let near = Double(losses.count { $0 <= 0.005 + 1e-12 }) / Double(orders)
        let figures = [cost, near, losses.reduce(0, +) / Double(orders)].map { String(format: "%.4f", $0) }
        return "\(table.name) | \(table.items.count) | \(table.configurations.count) | \(orders) | "
            + figures.joined(separator: " | ")
    }
}
