internal import AutoML
internal import Base
internal import RAG
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The winner and the default on the questions that the search never saw.
struct HeldOutMeasurement {
    let winner: [Measurement]
    let baseline: [Measurement]
    /// How often the held-out questions have been opened for this study. Each look after the first makes the estimate
    /// a little less honest.
    let openings: Int

    /// Opens the held-out questions for these two configurations, and writes down that it did. What was opened before
    /// is read back, so a search that is resumed does not look twice.
    static func run(
        _ outcome: StudyOutcome, split: GoldenSplit, study: ContentHash, database: NeoDatabase,
        evaluator: some Evaluator, now: Date
    ) async throws -> HeldOutMeasurement? {
        guard !split.heldOut.isEmpty else { return nil }
        var known: [[Measurement]?] = []
        let configurations = [outcome.winner.trial.configuration, outcome.baseline.trial.configuration]
        for configuration in configurations {
            let stored = try await database.evaluations(of: configuration.hash, split: Self.name, study: study)
            known.append(stored.count == split.heldOut.count ? stored : nil)
        }
        if known.contains(where: { $0 == nil }) {
            _ = try await database.recordOpening(of: Self.name, study: study, at: now)
        }
        var measured: [[Measurement]] = []
        for (configuration, stored) in zip(configurations, known) {
            if let stored {
                measured.append(stored)
            } else {
                let fresh = try await evaluator.measure(configuration, on: split.heldOut)
                try await database.recordEvaluations(fresh, of: configuration.hash, split: Self.name, study: study)
                measured.append(fresh)
            }
        }
        return HeldOutMeasurement(
            winner: sorted(measured[0], by: split.heldOut), baseline: sorted(measured[1], by: split.heldOut),
            openings: try await database.openings(of: Self.name, study: study)
        )
    }

    /// What the database calls these questions.
    static let name = "held-out"

    private static func sorted(_ measurements: [Measurement], by items: [String]) -> [Measurement] {
        let byItem = Dictionary(measurements.map { ($0.item, $0) }, uniquingKeysWith: { first, _ in first })
        return items.compactMap { byItem[$0] }
    }
}

extension StudyOutcome {
    /// The default configuration, with which every study begins.
    var baseline: AutoML.TrialResult { trials.first ?? winner }
}
