package import AutoML
internal import Base

/// What races over a whole grid cost, and what they find: each in an order of configurations and questions of its own.
package struct AllocationFigures: Sendable {
    /// The share of the grid's measurements.
    package var cost: Double
    /// How often the winner's mean lay within 0.005 of the best one's.
    package var near: Double
    /// What the winner's mean lacks, on average.
    package var loss: Double

    /// Replays so many races.
    package init(_ table: MeasuredTable, orders: Int, racing: Racing = .usual) async throws {
        let space = try SearchSpace(table.parameters)
        let others = (space.enumerated.map(Array.init) ?? []).filter { $0 != space.default }
        let (reader, best) = (table.reader, table.best)
        var spent = 0
        var losses: [Double] = []
        for order in 0..<orders {
            var generator = SplitMix64(seed: UInt64(order), stream: "order")
            let outcome = try await Study(
                space: space, sampler: ListSampler(configurations: others.shuffled(using: &generator)),
                objective: Objective("score"), items: table.items, evaluator: reader, journal: InMemoryTrialJournal(),
                limits: StudyLimits(trials: table.configurations.count), racing: racing, seed: UInt64(order),
                nanoseconds: { 0 }
            ).run()
            spent += outcome.trials.reduce(0) { $0 + $1.measurements.count }
            losses.append(best - (outcome.winner.value ?? 0))
        }
        cost = Double(spent) / Double(orders * table.items.count * table.configurations.count)
        near = Double(losses.count { $0 <= 0.005 + 1e-12 }) / Double(orders)
        loss = losses.reduce(0, +) / Double(orders)
    }

    /// Configurations in a given order.
    private struct ListSampler: Sampler {
        let name = "list"
        let configurations: [Configuration]

        func ask(history: [Observation], using generator: inout SplitMix64) -> Configuration? {
            history.count <= configurations.count ? configurations[history.count - 1] : nil
        }
    }
}
