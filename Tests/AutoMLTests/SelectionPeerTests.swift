import Base
import Foundation
import Statistics
import TestSupport
import Testing

@testable import AutoML

private let file: String? = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"].map {
    $0 + "/statistics/selection.json"
}

/// Compares with what `Tests/Peers/selection.py` wrote below `NEO_PEERS_DIR`.
@Suite(.enabled(if: file.map(FileManager.default.fileExists) == true, "make test-peers writes selection.json"))
struct SelectionPeerTests {
    struct Peer: Decodable {
        struct Estimate: Decodable {
            var mean: Double
            var lower: Double
            var upper: Double
            var deviation: Double
        }
        struct Fitted: Decodable {
            var table: String
            var chosen: [Int]
            var groups: [String]
            var selected: Estimate
            var baseline: Estimate
            var difference: Estimate
        }
        struct Shares: Decodable {
            var table: String
            var chosen: [Int]
            var runs: [[String: Double]]
        }
        var optuna: String
        var crossFitted: [Fitted]
        var importances: [Shares]
    }

    private func peer() throws -> Peer {
        try JSONDecoder().decode(Peer.self, from: Data(contentsOf: URL(filePath: try #require(file))))
    }

    @Test func `Cross-fitting agrees with the same algorithm in numpy`() throws {
        let tables = try AllocationPeerTests.tables()
        var rows = ["table | configurations | clusters | selected: ours, numpy | difference: ours, numpy"]
        for peer in try peer().crossFitted {
            let table = try #require(tables.first { $0.name == peer.table })
            let resamples = 10_000
            let ours = try CrossFitting(
                peer.chosen.map { table.scores[$0] }, baseline: 0, groups: peer.groups, resamples: resamples,
                using: SplitMix64(seed: 1))
            for (interval, other) in [
                (ours.selected, peer.selected), (ours.baseline, peer.baseline), (ours.difference, peer.difference),
            ] {
                // Both are means of so many resamples: five standard deviations of their difference.
                let slack = 5 * other.deviation * (2 / Double(resamples)).squareRoot() + 1e-9
                #expect(abs(interval.estimate - other.mean) < slack)
                // A quantile far out varies about three times as much.
                #expect(abs(interval.lower - other.lower) < 4 * slack && abs(interval.upper - other.upper) < 4 * slack)
            }
            rows.append(
                "\(peer.table) | \(peer.chosen.count) | \(Set(peer.groups).count) | \(text(ours.selected.estimate)), "
                    + "\(text(peer.selected.mean)) | \(text(ours.difference.estimate)), \(text(peer.difference.mean))")
        }
        print(rows.joined(separator: "\n"))
    }

    @Test func `Importances agree with Optuna's functional ANOVA`() throws {
        let peer = try peer()
        let tables = try AllocationPeerTests.tables()
        var rows = ["Optuna \(peer.optuna): table | trials | rank correlation | greatest gap | Optuna with itself"]
        for shares in peer.importances {
            let table = try #require(tables.first { $0.name == shares.table })
            let space = try SearchSpace(table.parameters)
            let trials = shares.chosen.map { place in
                (table.configurations[place], table.scores[place].reduce(0, +) / Double(table.items.count))
            }
            let importance = try #require(ParameterImportance(space, trials: trials, seed: 1))
            let ours = Dictionary(uniqueKeysWithValues: importance.parameters.map { ($0.names[0], $0.share) })
            let names = shares.runs[0].keys.sorted()
            let (mine, theirs, again) = (
                names.map { ours[$0] ?? 0 }, names.map { shares.runs[0][$0] ?? 0 },
                names.map { shares.runs[1][$0] ?? 0 }
            )
            let gap = zip(mine, theirs).map { abs($0 - $1) }.max() ?? 1
            let itself = zip(again, theirs).map { abs($0 - $1) }.max() ?? 1
            let rank = rankCorrelation(mine, theirs)
            rows.append(
                "\(shares.table) | \(trials.count) | \(text(rank)) | \(text(gap)) | "
                    + "\(text(rankCorrelation(again, theirs))), \(text(itself))")
            #expect(rank > 0.7, "\(shares.table), \(trials.count)")
            // Optuna's trees split off one level at a time, ours any set of them, which few trials make a difference to.
            #expect(gap < (trials.count == table.scores.count ? 0.08 : 0.25), "\(shares.table), \(trials.count)")
        }
        print(rows.joined(separator: "\n"))
    }

    private func text(_ value: Double) -> String { String(format: "%.3f", value) }
}

/// Spearman's: how far two lists agree on the order; equal values share a rank.
func rankCorrelation(_ first: [Double], _ second: [Double]) -> Double {
    func ranks(_ values: [Double]) -> [Double] {
        values.map { value in
            Double(values.count { $0 < value }) + Double(values.count { $0 == value } - 1) / 2
        }
    }
    let (x, y) = (ranks(first), ranks(second))
    let middle = Double(x.count - 1) / 2
    let covariance = zip(x, y).reduce(0) { $0 + ($1.0 - middle) * ($1.1 - middle) }
    let spread = [x, y].map { $0.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } }
    return covariance / (spread[0] * spread[1]).squareRoot()
}
