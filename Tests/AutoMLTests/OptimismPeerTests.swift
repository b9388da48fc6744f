import Base
import Foundation
import Statistics
import TestSupport
import Testing

@testable import AutoML

private let folder: String? = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"].map { $0 + "/samplers/tables" }

/// How much too good a naive report is: the winner's score on the questions that chose it, minus its score on all
/// questions of a measured table, from which the search's were drawn with replacement.
@Suite(.enabled(if: folder.map(FileManager.default.fileExists) == true, "make test-peers writes the tables"))
struct OptimismPeerTests {
    private static let runs = 200

    private struct Found {
        var naive: [Double] = []
        var fitted: [Double] = []
        var held = 0

        mutating func add(_ naive: Double, _ fitted: Interval, truth: Double) {
            self.naive.append(naive - truth)
            self.fitted.append(fitted.estimate - truth)
            if fitted.contains(truth) { held += 1 }
        }

        var text: String {
            let runs = Double(naive.count)
            let cells = [naive, fitted].map { values in
                let mean = values.reduce(0, +) / runs
                let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (runs - 1)).squareRoot()
                return String(format: "%+.4f ± %.4f", mean, 2 * deviation / runs.squareRoot())
            }
            return cells.joined(separator: " | ") + String(format: " | %.1f %%", 100 * Double(held) / runs)
        }

        var means: (naive: Double, fitted: Double) {
            (naive.reduce(0, +) / Double(naive.count), fitted.reduce(0, +) / Double(fitted.count))
        }
    }

    @Test func `The winner's own score is too good, the cross-fitted one is not`() async throws {
        var rows = ["table | questions | trials | naive | cross-fitted | its interval holds"]
        for table in try AllocationPeerTests.tables() {
            let truths = table.scores.map { $0.reduce(0, +) / Double($0.count) }
            for questions in [60, 100, 200] {
                var (some, all) = (Found(), Found())
                var generator = SplitMix64(seed: 51, stream: "\(table.name) \(questions)")
                for run in 0..<Self.runs {
                    let count = UInt64(table.items.count)
                    let drawn = (0..<questions).map { _ in Int(generator.next(upperBound: count)) }
                    let scores = table.scores.map { row in drawn.map { row[$0] } }
                    let tried = try await search(table, scores, seed: UInt64(run))
                    for (candidates, resamples) in [(tried, 1000), (Array(scores.indices), 100)] {
                        let sums = candidates.map { scores[$0].reduce(0, +) }
                        let best = sums.indices.max { (sums[$0], -$0) < (sums[$1], -$1) } ?? 0
                        let fitted = try CrossFitting(
                            candidates.map { scores[$0] }, baseline: 0, resamples: resamples,
                            using: SplitMix64(seed: UInt64(run))
                        ).selected
                        let (naive, truth) = (sums[best] / Double(questions), truths[candidates[best]])
                        if resamples == 1000 {
                            some.add(naive, fitted, truth: truth)
                        } else {
                            all.add(naive, fitted, truth: truth)
                        }
                    }
                }
                rows.append("\(table.name) | \(questions) | 24 | \(some.text)")
                rows.append("\(table.name) | \(questions) | all \(table.scores.count) | \(all.text)")
                for found in [some, all] {
                    #expect(found.means.naive > 0)
                    #expect(abs(found.means.fitted) < max(found.means.naive, 0.01))
                }
            }
        }
        print(rows.joined(separator: "\n"))
    }

    /// The places of the configurations that a greedy search of 24 trials tries.
    private func search(_ table: MeasuredTable, _ scores: [[Double]], seed: UInt64) async throws -> [Int] {
        var drawn = table
        drawn.scores = scores
        drawn.items = (0..<scores[0].count).map { "q\($0)" }
        let space = try SearchSpace(table.parameters)
        let outcome = try await Study(
            space: space, sampler: GreedySampler(space), objective: Objective("score"), items: drawn.items,
            evaluator: drawn.reader, journal: InMemoryTrialJournal(),
            limits: StudyLimits(trials: 24), seed: seed, nanoseconds: { 0 }
        ).run()
        let places = Dictionary(
            table.configurations.enumerated().map { ($1.hash.hex, $0) }, uniquingKeysWith: { first, _ in first })
        return outcome.trials.compactMap { places[$0.trial.configuration.hash.hex] }
    }
}
