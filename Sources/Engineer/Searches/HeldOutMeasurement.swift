internal import AutoML
internal import Base
internal import RAG
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Configurations on the questions that the search never saw: winner, default, the best of the baselines, and systems that
/// are not Neo's, all in one opening.
struct HeldOutMeasurement {
    /// One a configuration, in their order; of each one measurement a question.
    private let measured: [ContentHash: [Measurement]]
    /// How often the held-out questions have been opened for this study. Each look after the first makes the estimate
    /// a little less honest.
    let openings: Int
    /// What was measured of systems that are not Neo's.
    let externals: [ExternalMeasurement]

    /// What was measured of a configuration; empty of one that was not opened.
    func measurements(of configuration: Configuration) -> [Measurement] {
        measured[configuration.hash] ?? []
    }

    /// Opens the held-out questions for these configurations, and writes down that it did. What was opened before
    /// is read back, so a search that is resumed does not look twice.
    static func run(
        _ configurations: [Configuration], externals: SearchExternals, split: GoldenSplit, study: ContentHash,
        database: NeoDatabase,
        evaluator: some Evaluator, now: Date
    ) async throws -> HeldOutMeasurement? {
        guard !split.heldOut.isEmpty else { return nil }
        var measured: [ContentHash: [Measurement]] = [:]
        for configuration in configurations {
            let stored = try await database.evaluations(of: configuration.hash, split: Self.name, study: study)
            if stored.count == split.heldOut.count { measured[configuration.hash] = stored }
        }
        let areUnopened = try await externals.areUnopened(in: study)
        if areUnopened || configurations.contains(where: { measured[$0.hash] == nil }) {
            _ = try await database.recordOpening(of: Self.name, study: study, at: now)
        }
        if areUnopened { try await externals.recordOpened(in: study, at: now) }
        for configuration in configurations where measured[configuration.hash] == nil {
            let fresh = try await evaluator.measure(configuration, on: split.heldOut)
            try await database.recordEvaluations(fresh, of: configuration.hash, split: Self.name, study: study)
            measured[configuration.hash] = fresh
        }
        return HeldOutMeasurement(
            measured: measured.mapValues { sorted($0, by: split.heldOut) },
            openings: try await database.openings(of: Self.name, study: study),
            externals: try await externals.measureHeldOut(on: split.heldOut)
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
