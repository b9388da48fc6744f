import Base
import Foundation
import TestSupport
import Testing

@testable import AutoML

private let folder: String? = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"].map { $0 + "/samplers/tables" }

/// From how many trials on the importance of parameters is that of the whole space.
@Suite(.enabled(if: folder.map(FileManager.default.fileExists) == true, "make test-peers writes the tables"))
struct ImportancePeerTests {
    @Test func `Importances of some trials beside those of all`() async throws {
        let seeds = 20
        var rows = [
            "table | sampler | trials | rank correlation: mean, worst | first is first | greatest gap | accuracy"
        ]
        for table in try AllocationPeerTests.tables() {
            let space = try SearchSpace(table.parameters)
            let all = zip(table.configurations, table.scores).map { ($0, $1.reduce(0, +) / Double($1.count)) }
            let whole = try #require(ParameterImportance(space, trials: all, seed: 1))
            let names = whole.parameters.map { $0.names[0] }
            let samplers: [any Sampler] = [RandomSampler(space), try GreedySampler(space)]
            for sampler in samplers {
                var searches: [[(Configuration, Double)]] = []
                for seed in 0..<seeds {
                    let outcome = try await Study(
                        space: space, sampler: sampler, objective: Objective("score"), items: table.items,
                        evaluator: table.reader, journal: InMemoryTrialJournal(),
                        limits: StudyLimits(trials: 200), seed: UInt64(seed), nanoseconds: { 0 }
                    ).run()
                    searches.append(
                        outcome.trials.compactMap { trial in trial.value.map { (trial.trial.configuration, $0) } })
                }
                for trials in [24, 50, 100, 200] {
                    var (ranks, gaps, accuracies, firsts): ([Double], [Double], [Double], Int) = ([], [], [], 0)
                    for (seed, search) in searches.enumerated() {
                        guard
                            let some = ParameterImportance(
                                space, trials: Array(search.prefix(trials)), seed: UInt64(seed))
                        else { continue }
                        let shares = Dictionary(uniqueKeysWithValues: some.parameters.map { ($0.names[0], $0.share) })
                        let mine = names.map { shares[$0] ?? 0 }
                        ranks.append(rankCorrelation(mine, whole.parameters.map(\.share)))
                        gaps.append(zip(mine, whole.parameters).map { abs($0 - $1.share) }.max() ?? 1)
                        accuracies.append(some.accuracy)
                        firsts += some.parameters[0].names == whole.parameters[0].names ? 1 : 0
                    }
                    let cells = [
                        mean(ranks), ranks.min() ?? 0, Double(firsts) / Double(seeds), mean(gaps), mean(accuracies),
                    ]
                    rows.append(
                        "\(table.name) | \(sampler.name) | \(trials) | "
                            + cells.map { String(format: "%.2f", $0) }.joined(separator: " | "))
                    if trials == 200 { #expect(mean(ranks) > 0.6, "\(table.name), \(sampler.name)") }
                }
            }
        }
        print(rows.joined(separator: "\n"))
    }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }
}
