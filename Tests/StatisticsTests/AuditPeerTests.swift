import Foundation
import Statistics
import Testing

private let file = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"].map { $0 + "/audit/audit.json" }

/// Compares with what `Tests/Peers/audit.py` wrote below `NEO_PEERS_DIR`.
@Suite(.enabled(if: file.map(FileManager.default.fileExists) == true, "make test-peers writes audit.json"))
struct AuditPeerTests {
    struct Peer: Decodable {
        struct Case: Decodable {
            var labels: [Double]
            var judged: [Double]
            var unlabelled: [Double]
            var estimate: Double
            var error: Double
            var kappa: Double
            var kappaLower: Double
            var kappaUpper: Double
        }
        struct Coverage: Decodable {
            struct Sample: Decodable {
                var labels: [Double]
                var judged: [Double]
                var unlabelled: [Double]
                var ends: [Double]
            }
            var labelled: Int
            var others: Int
            var skill: Double
            var truth: Double
            var samples: [Sample]
        }
        var cases: [Case]
        var coverage: [Coverage]
    }

    private func peer() throws -> Peer {
        try JSONDecoder().decode(Peer.self, from: Data(contentsOf: URL(filePath: try #require(file))))
    }

    @Test func `Means, their errors and kappas are the peers'`() throws {
        for row in try peer().cases {
            let mean = try PredictionPoweredMean(labels: row.labels, judged: row.judged, unlabelled: row.unlabelled)
            #expect(abs(mean.estimate - row.estimate) < 1e-9)
            #expect(abs(mean.standardError - row.error) < 1e-9)
            let kappa = try #require(try cohensKappa(row.labels.map { $0 > 0.5 }, row.judged.map { $0 > 0.5 }))
            #expect(abs(kappa.estimate - row.kappa) < 1e-9)
            // Where all agree, the peer's interval is a point.
            #expect(row.kappa == 1 || abs(kappa.lower - row.kappaLower) < 1e-9)
            #expect(abs(kappa.upper - min(1, row.kappaUpper)) < 1e-9)
        }
    }

    @Test func `Intervals of few labels hold the truth more often than the peer's`() throws {
        print("labels | others | skill | ours: coverage, width | ppi-python")
        for coverage in try peer().coverage {
            let runs = Double(coverage.samples.count)
            var (held, width, theirs, theirWidth) = (0.0, 0.0, 0.0, 0.0)
            for sample in coverage.samples {
                let interval = try PredictionPoweredMean(
                    labels: sample.labels, judged: sample.judged, unlabelled: sample.unlabelled
                ).interval()
                if interval.contains(coverage.truth) { held += 1 / runs }
                if sample.ends[0] <= coverage.truth, coverage.truth <= sample.ends[1] { theirs += 1 / runs }
                width += (interval.upper - interval.lower) / runs
                theirWidth += (sample.ends[1] - sample.ends[0]) / runs
            }
            let cells = [held, width, theirs, theirWidth].map { String(format: "%.3f", $0) }
            print("\(coverage.labelled) | \(coverage.others) | \(coverage.skill) | \(cells)")
            // Two standard deviations of what is counted in 500 runs.
            #expect(held >= 0.93 - 0.023)
        }
    }
}
