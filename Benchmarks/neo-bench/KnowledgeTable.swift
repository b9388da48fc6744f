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
            "\(tables.count) corpora, 2 objectives each, \(seeds) seeds; regret after \(trials) trials, in points; "
                + "\(WarmStart.limit(trials: trials)) seeds from elsewhere unless a row says another number")
        Swift.print(
            "| sampler and start | median, cold | median, warm | less by, 95 % interval | mean, cold | mean, warm | "
                + "worst corpus and objective: warm − cold | worst replay | better, equal, worse |\n|---|---|---|---|---|---|---|---|---|"
        )
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
        var splits: [KnowledgeReplay.Split] = []
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
                let strategy = KnowledgeLearning(past).strategy(version: 1, at: Date(timeIntervalSince1970: 0))
                let place = "\(table.name), \(metric)"
                func regret(
                    _ sampler: String, _ strategy: SearchStrategy?, seeds limit: Int?, hasOrder: Bool = true
                ) async throws -> KnowledgeReplay.Found {
                    var target = table.target(metric)
                    target.limit = limit ?? 0
                    let start =
                        limit == nil
                        ? WarmStart.Beginning() : WarmStart(strategy: strategy).begin(past, for: target)
                    return try await table.regret(
                        metric, split, sampler: sampler, seeds: start.choices.map(\.configuration),
                        order: hasOrder ? start.order : [], trials: trials, seed: seed)
                }
                func note(_ way: String, _ cold: Double, _ warm: Double) {
                    cells[way, default: []].append(
                        KnowledgeCell(corpus: table.name, place: place, seed: seed, cold: cold, warm: warm))
                }
                let usual = WarmStart.limit(trials: trials)
                let cold = try await regret("greedy", nil, seeds: nil)
                for seeds in 0...WarmStart.limit {
                    let warm = try await regret("greedy", nil, seeds: seeds)
                    note(seeds == usual ? "greedy" : "greedy, seeds: \(seeds)", cold.searched, warm.searched)
                    if seeds == usual {
                        note("greedy, by the questions that were held out", cold.heldOut, warm.heldOut)
                    }
                }
                note(
                    "greedy, without an order of parameters", cold.searched,
                    try await regret("greedy", nil, seeds: usual, hasOrder: false).searched)
                note(
                    "greedy, with neo learn", cold.searched, try await regret("greedy", strategy, seeds: usual).searched
                )
                // Its first ten trials are drawn by chance, so this is random search, too.
                let drawn = try await regret("tpe", nil, seeds: nil)
                note("tpe", drawn.searched, try await regret("tpe", nil, seeds: usual).searched)
            }
        }
        return cells
    }
}
