import Base
import Engineer
import Foundation
import Statistics

/// One replay: the regret of a cold and of a warm search.
struct KnowledgeCell {
    var corpus: String
    /// Corpus and objective.
    var place: String
    var seed: UInt64
    var cold: Double
    var warm: Double
}

/// What many replays say together.
struct KnowledgeFigures {
    private static let draws = 2_000
    let cells: [KnowledgeCell]

    init(_ cells: [KnowledgeCell]) {
        self.cells = cells
    }

    func row(_ name: String) -> String {
        let (low, high) = interval
        let differences = Dictionary(grouping: cells, by: \.place).mapValues { cells in
            cells.reduce(0) { $0 + $1.warm - $1.cold } / Double(cells.count)
        }
        let worst = differences.max { ($0.value, $1.key) < ($1.value, $0.key) }
        let better = cells.count { $0.warm < $0.cold - 1e-12 }
        let worse = cells.count { $0.warm > $0.cold + 1e-12 }
        return "| \(name) | \(points(median(cells, \.cold))) | \(points(median(cells, \.warm))) | "
            + "\(percent(Self.saving(cells))) (\(percent(low)) to \(percent(high))) | \(points(average(\.cold))) | "
            + "\(points(average(\.warm))) | \(worst.map { "\($0.key): \(points($0.value))" } ?? "") | "
            + "\(points(cells.map { $0.warm - $0.cold }.max())) | \(better), \(cells.count - better - worse), \(worse) |"
    }

    func shortRow(_ name: String) -> String {
        "| \(name) | \(points(median(cells, \.cold))) | \(points(median(cells, \.warm))) | \(points(average(\.cold))) | "
            + "\(points(average(\.warm))) |"
    }

    /// By how much the median of the warm searches lies below that of the cold ones; nil where there is nothing to save.
    private static func saving(_ cells: [KnowledgeCell]) -> Double? {
        guard let cold = Statistics.median(of: cells.map(\.cold)), let warm = Statistics.median(of: cells.map(\.warm)),
            cold > 0
        else { return nil }
        return 1 - warm / cold
    }

    /// Whole corpora are drawn, and of each its seeds: replays of one corpus tell less than as many of different ones.
    private var interval: (Double?, Double?) {
        let groups = Dictionary(grouping: cells, by: \.corpus).sorted { $0.key < $1.key }.map { group in
            Dictionary(grouping: group.value, by: \.seed).sorted { $0.key < $1.key }.map(\.value)
        }
        var generator = SplitMix64(seed: 1, stream: "bootstrap")
        var found: [Double] = []
        for _ in 0..<Self.draws {
            var drawn: [KnowledgeCell] = []
            for _ in groups {
                let group = groups[Int.random(in: 0..<groups.count, using: &generator)]
                for _ in group { drawn += group[Int.random(in: 0..<group.count, using: &generator)] }
            }
            // Nothing to save counts as nothing saved.
            found.append(Self.saving(drawn) ?? 0)
        }
        return (quantile(0.025, of: found), quantile(0.975, of: found))
    }

    private func median(_ cells: [KnowledgeCell], _ value: (KnowledgeCell) -> Double) -> Double? {
        Statistics.median(of: cells.map(value))
    }

    private func average(_ value: (KnowledgeCell) -> Double) -> Double? { mean(of: cells.map(value)) }

    private func points(_ value: Double?) -> String { value.map { String(format: "%.2f", $0 * 100) } ?? "–" }

    private func percent(_ value: Double?) -> String { value.map { String(format: "%.0f %%", $0 * 100) } ?? "–" }
}

/// How unlike corpora are, as a warm start sees it.
enum KnowledgeLikeness {
    static func table(_ records: [(name: String, record: KnowledgeRecord)]) -> String {
        let distance = FeatureDistance(records.map(\.record.features))
        let header =
            "| | " + records.map(\.name).joined(separator: " | ") + " |\n|"
            + String(repeating: "---|", count: records.count + 1)
        let rows = records.map { row in
            "| \(row.name) | "
                + records.map { String(format: "%.2f", distance(row.record.features, $0.record.features)) }
                .joined(separator: " | ") + " |"
        }
        return ([header] + rows).joined(separator: "\n")
    }
}
