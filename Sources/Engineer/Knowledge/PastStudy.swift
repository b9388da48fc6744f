internal import AutoML
internal import Base

/// A search of the past, seen from a new one: how far each configuration was from the best, in the new one's terms.
struct PastStudy: Sendable {
    /// Below this spread of scores, differences are mostly chance: they are not blown up to a whole regret.
    static let leastSpread = 0.05
    /// Of a search that measured less nothing can be told.
    private static let fewestTrials = 3
    /// So many of its best configurations are worth trying again.
    private static let worthTrying = 10

    let record: KnowledgeRecord
    /// Whether it was measured by the metric of the new search.
    let isOfSameMetric: Bool
    /// What was measured in full; 0 is the best, 1 the worst.
    let regrets: [Configuration: Double]
    /// The same in an order that says nothing, and is always the same.
    let ordered: [Configuration]
    /// What could not be measured at all.
    let failed: Set<Configuration>
    /// The winner, those on the front, and the best others, the best first.
    let candidates: [Configuration]
    private let expected: MainEffects
    /// What each value of a parameter adds to the regret.
    var effects: MainEffects.Effects { expected.effects }

    /// - Parameters:
    ///   - metric: that of the new search.
    ///   - prior: what values of parameters add to the regret elsewhere.
    ///   - fit: a configuration in the terms of the new search's space; nil where it is none of it.
    init?(
        _ record: KnowledgeRecord, metric: Objective, prior: MainEffects.Effects = [:],
        fit: (Configuration) -> Configuration?
    ) {
        let complete = record.trials.filter { $0.state == "complete" }
        let isSame = complete.contains { $0.metrics[metric.metric] != nil }
        let objective = isSame ? metric : record.objective
        var scores: [Configuration: Double] = [:]
        var front: Set<Configuration> = []
        for trial in complete {
            guard let value = trial.metrics[objective.metric], value.isFinite,
                let configuration = fit(trial.configuration)
            else { continue }
            // Two that are one in this space: the later one tells nothing new.
            if scores[configuration] == nil { scores[configuration] = objective.score(value) }
            if trial.isOnFront == true || trial.number == record.winner { front.insert(configuration) }
        }
        guard scores.count >= Self.fewestTrials, let best = scores.values.max(), let worst = scores.values.min() else {
            return nil
        }
        let spread = max(best - worst, Self.leastSpread)
        let regrets = scores.mapValues { (best - $0) / spread }
        self.record = record
        isOfSameMetric = isSame
        self.regrets = regrets
        failed = Set(record.trials.filter { $0.state == "failed" }.compactMap { fit($0.configuration) })
        ordered = Self.ordered(regrets.keys)
        // One order, whatever that of the dictionary: of equal regrets that of the names.
        let ranked = ordered.enumerated().sorted {
            (regrets[$0.element] ?? 1, $0.offset) < (regrets[$1.element] ?? 1, $1.offset)
        }.map(\.element)
        candidates = ranked.enumerated().filter { $0.offset < Self.worthTrying || front.contains($0.element) }
            .map(\.element)
        expected = MainEffects(
            ranked.map { (configuration: $0, value: regrets[$0] ?? 0) }, prior: prior)
    }

    /// Configurations by their hash.
    static func ordered(_ configurations: some Sequence<Configuration>) -> [Configuration] {
        configurations.map { (name: $0.hash.hex, configuration: $0) }.sorted { $0.name < $1.name }
            .map(\.configuration)
    }

    /// The regret of a configuration: what was measured, else what is expected of it.
    func regret(_ configuration: Configuration) -> Double {
        if let known = regrets[configuration] { return known }
        return failed.contains(configuration) ? 1 : min(max(expected.value(of: configuration), 0), 1)
    }
}
