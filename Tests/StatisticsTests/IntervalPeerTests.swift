import Base
import Foundation
import Statistics
import Testing

private let folder: String? = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"]
private let file = folder.map { $0 + "/statistics/intervals.json" }

/// Compares with what `Tests/Peers/intervals.py` wrote below `NEO_PEERS_DIR`, and counts at length.
@Suite(.enabled(if: file.map(FileManager.default.fileExists) == true, "make test-peers writes intervals.json"))
struct IntervalPeerTests {
    struct Peer: Decodable {
        struct Case: Decodable {
            var values: [Double]
            var other: [Double]
            var groups: [String]
            var mean: [Double]
            var difference: [Double]
        }
        struct Coverage: Decodable {
            struct Sample: Decodable {
                var values: [Double]
                var groups: [String]
                var percentile: [Double]
                var BCa: [Double]
            }
            var clusters: Int
            var largest: Int
            var truth: Double
            var samples: [Sample]
        }
        var cases: [Case]
        var coverage: [Coverage]
    }

    struct Table: Decodable {
        var name: String
        var scores: [[Double]]
    }

    private func peer() throws -> Peer {
        try JSONDecoder().decode(Peer.self, from: Data(contentsOf: URL(filePath: try #require(file))))
    }

    @Test func `Intervals are those of full matrices`() throws {
        for row in try peer().cases {
            let mean = try meanInterval(row.values, groups: row.groups)
            let difference = try meanDifferenceInterval(zip(row.values, row.other).map(-), groups: row.groups)
            for (ours, theirs) in zip(
                [mean.lower, mean.upper, difference.lower, difference.upper], row.mean + row.difference)
            {
                #expect(abs(ours - theirs) < 1e-8)
            }
        }
    }

    @Test func `Coverage beside scipy's bootstraps, on the same samples`() throws {
        var rows = ["clusters | largest | ours: coverage, width | percentile | BCa"]
        for coverage in try peer().coverage {
            var intervals: [[[Double]]] = [[], [], []]
            for sample in coverage.samples {
                let interval = try meanInterval(sample.values, groups: sample.groups)
                for (place, ends) in [[interval.lower, interval.upper], sample.percentile, sample.BCa].enumerated() {
                    intervals[place].append(ends)
                }
            }
            let runs = Double(coverage.samples.count)
            let held = intervals.map { ends in
                Double(ends.count { $0[0] <= coverage.truth && coverage.truth <= $0[1] }) / runs
            }
            let widths = intervals.map { ends in ends.reduce(0) { $0 + $1[1] - $1[0] } / runs }
            let cells = zip(held, widths).map { text(100 * $0, 1) + " %, " + text($1, 3) }
            rows.append("\(coverage.clusters) | \(coverage.largest) | " + cells.joined(separator: " | "))
            // Two standard deviations of what is counted in 400 runs.
            #expect(held[0] >= 0.93 - 0.026)
        }
        print(rows.joined(separator: "\n"))
    }

    @Test func `Coverage on made scores`() throws {
        var rows = ["scores | 30 | 40 | 60 | 100 | 200"]
        let documents = [
            ScoreSimulation.scores, ScoreSimulation.differences,
        ].flatMap { all in
            all.filter { $0.clusters == .single }.map {
                ScoreSimulation(
                    name: $0.name, clusters: .documents, truth: $0.truth, isDifference: $0.isDifference, value: $0.value
                )
            }
        }
        for simulation in ScoreSimulation.scores + ScoreSimulation.differences + documents {
            let cells = try [30, 40, 60, 100, 200].map { questions in
                let coverage = try simulation.coverage(questions: questions, runs: 4000)
                #expect(coverage.share >= 0.93, "\(simulation), \(questions)")
                return text(100 * coverage.share, 1) + " %, " + text(coverage.width, 3)
            }
            rows.append("\(simulation.testDescription) | " + cells.joined(separator: " | "))
        }
        print(rows.joined(separator: "\n"))
    }

    /// Questions are drawn with replacement from those that were measured, whose mean is then the truth.
    @Test func `Coverage on measured scores`() throws {
        let tables = try #require(folder) + "/samplers/tables"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: tables).sorted()) ?? []
        var rows = ["table | scores | 30 | 40 | 60 | 100 | 200"]
        for name in names where name.hasSuffix(".json") {
            let data = try Data(contentsOf: URL(filePath: tables).appending(path: name))
            let table = try JSONDecoder().decode(Table.self, from: data)
            let ranked = table.scores.sorted { ($0.reduce(0, +)) > ($1.reduce(0, +)) }
            let middle = ranked[ranked.count / 2]
            let kinds: [(String, [Double], Bool)] = [
                ("best", ranked[0], false), ("middle", middle, false),
                ("best minus default", zip(ranked[0], table.scores[0]).map(-), true),
                ("best minus middle", zip(ranked[0], middle).map(-), true),
            ]
            for (kind, scores, isDifference) in kinds {
                let truth = scores.reduce(0, +) / Double(scores.count)
                var generator = SplitMix64(seed: 3, stream: table.name + kind)
                let cells = try [30, 40, 60, 100, 200].map { questions in
                    let (runs, count) = (4000, UInt64(scores.count))
                    var (held, width) = (0, 0.0)
                    for _ in 0..<runs {
                        let drawn = (0..<questions).map { _ in scores[Int(generator.next(upperBound: count))] }
                        let interval = try isDifference ? meanDifferenceInterval(drawn) : meanInterval(drawn)
                        if interval.contains(truth) { held += 1 }
                        width += interval.upper - interval.lower
                    }
                    let share = Double(held) / Double(runs)
                    #expect(share >= 0.93, "\(table.name), \(kind), \(questions)")
                    return text(100 * share, 1) + " %, " + text(width / Double(runs), 3)
                }
                rows.append("\(table.name) | \(kind) | " + cells.joined(separator: " | "))
            }
        }
        print(rows.joined(separator: "\n"))
    }

    private func text(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
}
