internal import AutoML
internal import Base

/// A search of the past as a table: another search is replayed on what it measured. What it did not measure is passed over,
/// and costs no trial.
struct ReplayedStudy: Sendable {
    private let past: PastStudy
    private let space: SearchSpace
    private let standard: Configuration

    /// Nil where too little was measured, or the default was not.
    init?(_ record: KnowledgeRecord) {
        guard let past = PastStudy(record, metric: record.objective, fit: { $0 }),
            let standard = record.trials.first(where: { $0.number == record.baseline })?.configuration,
            past.regrets[standard] != nil, let space = Self.space(of: past, default: standard)
        else { return nil }
        self.past = past
        self.space = space
        self.standard = standard
    }

    /// The values that were tried, the default's first. Every parameter is free: what was not measured is passed over anyway.
    private static func space(of past: PastStudy, default standard: Configuration) -> SearchSpace? {
        var values: [String: [JSONValue]] = standard.values.mapValues { [$0] }
        for configuration in past.ordered {
            for (name, value) in configuration.values where !(values[name] ?? []).contains(value) {
                values[name, default: []].append(value)
            }
        }
        return try? SearchSpace(
            values.sorted { $0.key < $1.key }.map { Parameter($0.key, .categorical($0.value)) })
    }

    /// The least regret after so many trials of a greedy search, the default included.
    ///
    /// - Parameter others: what its warm start is chosen from; none for a cold one.
    func regret(_ others: [KnowledgeRecord], strategy: SearchStrategy?, after trials: Int) async throws -> Double {
        var tried = [standard]
        var least = past.regrets[standard] ?? 1
        func take(_ configuration: Configuration) {
            guard tried.count < trials, let regret = past.regrets[configuration], !tried.contains(configuration) else {
                return
            }
            tried.append(configuration)
            least = min(least, regret)
        }
        var order: [String] = []
        if !others.isEmpty {
            // Only what was measured here can be told apart, so only that is chosen from.
            var target = WarmStart.Target(
                features: past.record.features, objective: past.record.objective, tried: [standard],
                fit: { past.regrets[$0] == nil ? nil : $0 })
            target.limit = WarmStart.limit(trials: trials)
            let beginning = WarmStart(strategy: strategy).begin(others, for: target)
            order = beginning.order
            for choice in beginning.choices { take(choice.configuration) }
        }
        let names =
            order.filter { name in space.parameters.contains { $0.name == name } }
            + space.parameters.map(\.name).filter { !order.contains($0) }
        var base = tried.min { (past.regrets[$0] ?? 1) < (past.regrets[$1] ?? 1) } ?? standard
        var start: Configuration?
        while tried.count < trials, base != start {
            start = base
            for name in names {
                for variant in past.neighbours(of: base, varying: name) { take(variant) }
                base = tried.min { (past.regrets[$0] ?? 1) < (past.regrets[$1] ?? 1) } ?? base
            }
        }
        // Then what is left, in an order that says nothing.
        for configuration in past.ordered { take(configuration) }
        return least
    }
}

extension PastStudy {
    /// What was measured that differs in this parameter, and else only in what has an effect in one of the two alone.
    fileprivate func neighbours(of base: Configuration, varying name: String) -> [Configuration] {
        guard let own = base[name] else { return [] }
        return ordered.filter { other in
            guard let value = other[name], value != own else { return false }
            return other.values.allSatisfy { $0.key == name || base[$0.key] == nil || base[$0.key] == $0.value }
        }
    }
}
