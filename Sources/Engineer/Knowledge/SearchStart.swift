package import AutoML
internal import Base
internal import RAG
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a search begins with from other projects.
///
/// It is chosen once and kept beside the study: a search that goes on is the same search, whatever the machine has learnt since.
package struct SearchStart: Sendable, Hashable, Codable {
    /// A configuration that is tried right after the default and the user's seeds.
    package struct Seed: Sendable, Hashable, Codable {
        package var configuration: Configuration
        /// The record of the search for whose sake it is tried.
        package var record: String
    }

    /// The version of the strategy that chose; nil where `neo learn` had made none.
    package var strategy: Int?
    /// How many past searches were looked at.
    package var records: Int
    package var seeds: [Seed]
    /// The order in which a greedy search varies the parameters; empty for that of the space.
    package var order: [String]

    /// Nothing from elsewhere.
    static let cold = SearchStart(strategy: nil, records: 0, seeds: [], order: [])

    /// Whether the search is as it would be without.
    var isCold: Bool { seeds.isEmpty && order.isEmpty }

    /// The seeds as the sampler takes them.
    var samplerSeeds: [SeededSampler.Seed] {
        seeds.map { SeededSampler.Seed($0.configuration, origin: WarmStart.originPrefix + $0.record) }
    }

    /// Said at the beginning of a search.
    var words: String? {
        guard !seeds.isEmpty else {
            return order.isEmpty
                ? nil : "varies first what promises most by other searches of this machine (--cold does not)"
        }
        let count = seeds.count == 1 ? "1 configuration" : "\(seeds.count) configurations"
        return "begins with \(count) that did well in other searches of this machine (--cold begins without)"
    }
}

extension SearchStart {
    /// What was kept for a search, or else what is chosen now, and kept.
    ///
    /// - Parameters:
    ///   - plain: the search as it would be without.
    ///   - target: the project, where there is anything to choose from.
    static func settle(
        _ plain: StudyDefinition, database: NeoDatabase, workspace: Workspace, options: SearchOptions, at now: Date,
        target: () async -> WarmStart.Target
    ) async throws -> SearchStart {
        let file = workspace.project.file
        guard !options.isCold, file.warmStarts, file.sharesKnowledge else { return .cold }
        if let kept = try await database.warmStart(of: plain.id) { return try kept.decoded(as: SearchStart.self) }
        guard let base = options.knowledge else { return .cold }
        // What was damaged is left out there, and no reason to say so in every search.
        let records = base.records()
        var start = SearchStart.cold
        if !records.isEmpty {
            let strategy = base.strategy()
            var target = await target()
            target.limit = WarmStart.limit(trials: options.trials ?? file.trials)
            let beginning = WarmStart(strategy: strategy).begin(records, for: target)
            start = SearchStart(
                strategy: strategy?.version, records: records.count,
                seeds: beginning.choices.map { Seed(configuration: $0.configuration, record: $0.record) },
                order: file.sampler == .greedy ? beginning.order : [])
        }
        try await database.keepWarmStart(JSONValue(encoding: start), of: plain.id, at: now)
        return start
    }
}
