internal import AutoML
package import Base
internal import Statistics

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Makes a search strategy of all records, and keeps it only where it would have helped: searches of the past are replayed
/// with all left out that was learnt from their documents.
package struct KnowledgeLearning: Sendable {
    /// What `neo learn` did.
    package struct Outcome: Sendable, Hashable {
        /// What was made; its `replay` says what it would have done.
        package var strategy: SearchStrategy
        /// The version that counted before; nil for none.
        package var previous: Int?
        /// Whether the new one counts now.
        package var isKept: Bool
    }

    /// After so many trials regrets are compared.
    static let trials = 10
    /// With fewer there is nothing to leave out.
    private static let fewestCorpora = 3
    private static let longestPortfolio = 12

    let records: [KnowledgeRecord]

    package init(_ records: [KnowledgeRecord]) {
        self.records = records
    }

    /// Reanalyses the base's records, writes the strategy, and lets it count where the replay says that it leaves less regret
    /// than what counts now.
    @concurrent
    package static func run(_ base: KnowledgeBase, at now: Date, diagnostics: DiagnosticCollector) async throws
        -> Outcome
    {
        let records = base.records(diagnostics)
        let corpora = Set(records.map(\.corpus)).count
        guard corpora >= fewestCorpora else {
            throw EngineerError(
                code: .knowledge,
                message:
                    "\(base.folder) has searches of \(corpora == 1 ? "1 set" : "\(corpora) sets") of documents, and it takes "
                    + "\(fewestCorpora) sets to tell whether a strategy helps with new ones. Finish more searches.")
        }
        let current = base.strategy()
        let learning = KnowledgeLearning(records)
        var made = learning.strategy(version: (base.versions().last ?? 0) + 1, at: now)
        let replay = try await learning.replay(against: current)
        made.replay = replay
        let isKept = replay.after < replay.before - 1e-9
        try base.write(made)
        if isKept { try base.use(made.version) }
        return Outcome(strategy: made, previous: current?.version, isKept: isKept)
    }

    // MARK: - Learning

    /// What follows from the records.
    package func strategy(version: Int, at now: Date) -> SearchStrategy {
        let studies = pastStudies
        let effects = Self.effects(studies)
        let portfolio = Self.portfolio(studies)
        return SearchStrategy(
            version: version, day: String(now.timestamp.prefix(10)), records: records.map(\.id).sorted(),
            seeds: seeds(), portfolio: portfolio, priors: effects,
            order: (portfolio.first ?? studies.first?.candidates.first).map {
                WarmStart.order([(effects, 1)], from: $0)
            } ?? [])
    }

    private var pastStudies: [PastStudy] {
        records.compactMap { PastStudy($0, metric: $0.objective, fit: { $0 }) }
    }

    /// Regrets of all records together: each is as much as another, however many trials it has.
    private static func effects(_ studies: [PastStudy]) -> MainEffects.Effects {
        var sums: [String: [String: (sum: Double, count: Double)]] = [:]
        for study in studies {
            for (name, values) in study.effects {
                for (value, effect) in values {
                    let known = sums[name]?[value] ?? (0, 0)
                    sums[name, default: [:]][value] = (known.sum + effect, known.count + 1)
                }
            }
        }
        // One record says little: it is drawn half way to nothing.
        return sums.mapValues { $0.mapValues { $0.sum / ($0.count + 1) } }
    }

    private static func portfolio(_ studies: [PastStudy]) -> [Configuration] {
        var seen: Set<Configuration> = []
        let candidates = PastStudy.ordered(studies.flatMap(\.candidates).filter { seen.insert($0).inserted })
        let start = studies.map { study in
            study.record.trials.first { $0.number == study.record.baseline }.map { study.regret($0.configuration) } ?? 1
        }
        let alike = Dictionary(grouping: studies, by: \.record.corpus).mapValues { Double($0.count) }
        return GreedyPortfolio.choose(
            candidates.map { configuration in studies.map { $0.regret(configuration) } },
            weights: studies.map { 1 / (alike[$0.record.corpus] ?? 1) }, start: start, limit: longestPortfolio
        ).map { candidates[$0] }
    }

    /// How many seeds leave the least regret with the documents left out that they are tried on; of equal numbers the least.
    private func seeds() -> Int {
        let groups = Dictionary(grouping: records, by: \.corpus)
        guard groups.count > 1 else { return WarmStart.limit }
        // Each is read once for each metric, and not once for each search that it may help.
        let metrics = Dictionary(records.map { ($0.objective.metric, $0.objective) }, uniquingKeysWith: { $1 })
        let studies = metrics.mapValues { metric in records.compactMap { PastStudy($0, metric: metric, fit: { $0 }) } }
        var sums = Array(repeating: 0.0, count: WarmStart.limit + 1)
        for (corpus, group) in groups.sorted(by: { $0.key < $1.key }) {
            for record in group {
                let others = (studies[record.objective.metric] ?? []).filter { $0.record.corpus != corpus }
                guard let study = PastStudy(record, metric: record.objective, fit: { $0 }),
                    let standard = record.trials.first(where: { $0.number == record.baseline })?.configuration
                else { continue }
                let chosen = WarmStart().begin(
                    others,
                    for: WarmStart.Target(
                        features: record.features, objective: record.objective, tried: [standard], fit: { $0 })
                ).choices
                var least = study.regret(standard)
                for number in 1...WarmStart.limit {
                    if number <= chosen.count { least = min(least, study.regret(chosen[number - 1].configuration)) }
                    sums[number] += least / Double(group.count)
                }
            }
        }
        let best = sums.dropFirst().min() ?? 0
        // A seed more that saves next to nothing is a trial less for the search itself.
        return (1...WarmStart.limit).first { sums[$0] <= best + 0.005 * Double(groups.count) } ?? WarmStart.limit
    }

    // MARK: - Replay

    private func replay(against current: SearchStrategy?) async throws -> SearchStrategy.Replay {
        var (before, after, cold): ([Double], [Double], [Double]) = ([], [], [])
        var studies = 0
        let groups = Dictionary(grouping: records, by: \.corpus).sorted { $0.key < $1.key }
        let day = Date(timeIntervalSince1970: 0)
        for (corpus, group) in groups {
            let others = records.filter { $0.corpus != corpus }
            let new = KnowledgeLearning(others).strategy(version: 0, at: day)
            // What counts now, made again without these documents: else it would be praised for what it has seen.
            let old = current.map { strategy in
                let known = Set(strategy.records)
                return KnowledgeLearning(others.filter { known.contains($0.id) }).strategy(version: 0, at: day)
            }
            var sums = (before: 0.0, after: 0.0, cold: 0.0)
            var count = 0.0
            for record in group {
                guard let replayed = ReplayedStudy(record) else { continue }
                try Task.checkCancellation()
                sums.before += try await replayed.regret(others, strategy: old, after: Self.trials)
                sums.after += try await replayed.regret(others, strategy: new, after: Self.trials)
                sums.cold += try await replayed.regret([], strategy: nil, after: Self.trials)
                count += 1
            }
            guard count > 0 else { continue }
            studies += Int(count)
            before.append(sums.before / count)
            after.append(sums.after / count)
            cold.append(sums.cold / count)
        }
        return SearchStrategy.Replay(
            corpora: after.count, studies: studies, trials: Self.trials, before: mean(of: before) ?? 0,
            after: mean(of: after) ?? 0, cold: mean(of: cold) ?? 0)
    }
}
