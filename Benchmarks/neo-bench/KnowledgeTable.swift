import AutoML
import Base
import Engineer
import Foundation
import Statistics
import Storage

/// Whether a search that begins with what did well on other documents finds good configurations sooner. No clock is read:
/// searches are replayed on measured tables, each with all left out that was learnt from its own documents.
///
///     neo-bench knowledge 20 KNOWLEDGE PROJECT…
///
/// A project is a folder that was searched by a grid, with nothing held out; the knowledge folder holds the records of these
/// searches, of which the features count. What is learnt from is not the grid: it is a search of 24 trials as `neo search`
/// makes it, on the questions that the seed draws.
enum KnowledgeTable {
    private static let trials = 10
    private static let pastTrials = 24
    private static let searchShare = 0.6

    static func print(_ arguments: ArraySlice<String>) async throws {
        var arguments = Array(arguments)
        guard arguments.count >= 4, let seeds = Int(arguments.removeFirst()) else {
            return Swift.print("neo-bench knowledge SEEDS KNOWLEDGE PROJECT…")
        }
        let base = KnowledgeBase(folder: Project.absolute(arguments.removeFirst()))
        var tables: [KnowledgeReplay] = []
        for folder in arguments { tables.append(try await KnowledgeReplay(folder, base)) }
        var cells: [String: [KnowledgeCell]] = [:]
        for seed in 1...seeds {
            for (way, found) in try await self.cells(UInt64(seed), tables) { cells[way, default: []] += found }
        }
        Swift.print(
            "\(tables.count) corpora, 2 objectives each, \(seeds) seeds; regret after \(trials) trials, in points")
        Swift.print(
            "| sampler and start | median, cold | median, warm | less by, 95 % interval | mean, cold | mean, warm | "
                + "worst corpus and objective: warm − cold | better, equal, worse |\n|---|---|---|---|---|---|---|---|")
        for (way, cells) in cells.sorted(by: { $0.key < $1.key }) { Swift.print(KnowledgeFigures(cells).row(way)) }
        let greedy = cells["greedy"] ?? []
        Swift.print("\n| greedy | median, cold | median, warm | mean, cold | mean, warm |\n|---|---|---|---|---|")
        for (place, cells) in Dictionary(grouping: greedy, by: \.place).sorted(by: { $0.key < $1.key }) {
            Swift.print(KnowledgeFigures(cells).shortRow(place))
        }
        Swift.print("\nHow unlike the corpora are (0: alike):")
        Swift.print(KnowledgeLikeness.table(tables.map { ($0.name, $0.record) }))
    }

    /// One seed: what is learnt from every other corpus, and what it is worth on this one.
    private static func cells(_ seed: UInt64, _ tables: [KnowledgeReplay]) async throws -> [String: [KnowledgeCell]] {
        var records: [KnowledgeRecord] = []
        var splits: [Set<String>] = []
        for table in tables {
            let split = table.draw(searchShare, seed: seed)
            splits.append(split)
            for metric in table.metrics {
                records.append(try await table.search(metric, split, trials: pastTrials, seed: seed))
            }
        }
        var cells: [String: [KnowledgeCell]] = [:]
        for (table, split) in zip(tables, splits) {
            let past = records.filter { $0.corpus != table.record.corpus }
            for metric in table.metrics {
                let fresh = WarmStart().choose(past, for: table.target(metric))
                let strategy = KnowledgeLearning(past).strategy(version: 1, at: Date(timeIntervalSince1970: 0))
                let learnt = WarmStart(strategy: strategy).choose(past, for: table.target(metric))
                for sampler in ["greedy", "tpe", "random"] {
                    func regret(_ seeds: [WarmStart.Choice], _ order: [String] = []) async throws
                        -> KnowledgeReplay.Found
                    {
                        try await table.regret(
                            metric, split, sampler: sampler, seeds: seeds.map(\.configuration), order: order,
                            trials: trials, seed: seed)
                    }
                    let cold = try await regret([])
                    let warm = try await regret(fresh)
                    let place = "\(table.name), \(metric)"
                    func cell(_ cold: Double, _ warm: Double) -> KnowledgeCell {
                        KnowledgeCell(corpus: table.name, place: place, seed: seed, cold: cold, warm: warm)
                    }
                    cells[sampler, default: []].append(cell(cold.searched, warm.searched))
                    guard sampler == "greedy" else { continue }
                    cells["greedy, on the questions that were held out", default: []].append(
                        cell(cold.heldOut, warm.heldOut))
                    let taught = try await regret(learnt, strategy.order)
                    cells["greedy, with neo learn", default: []].append(cell(cold.searched, taught.searched))
                }
            }
        }
        return cells
    }
}
