package import AutoML
internal import Base

/// Chooses configurations that did well in other projects, to be tried right after the default.
///
/// A greedy portfolio over the past searches, the nearest counting most: the first configuration is the one that would have
/// left the least regret there, the next the one that helps most where the first does not. Candidates are winners, Pareto
/// fronts and the best trials. What a search did not measure is guessed from what each value of a parameter did there.
package struct WarmStart: Sendable {
    /// How the origin of such a trial begins.
    static let originPrefix = "knowledge "
    /// So many are tried at most: a bad prior costs no more than these.
    package static let limit = 5
    /// And no more than this part of a search's trials: what they take, the search itself does not have.
    private static let trialsASeed = 5

    /// How many are tried in a search of so many trials.
    package static func limit(trials: Int) -> Int { min(max(trials / trialsASeed, 1), limit) }

    /// What the next one must save, as a share of the spread between the best and the worst.
    private static let leastGain = 0.005
    /// What a search counts that was measured by another metric.
    private static let otherMetricWeight = 0.5

    /// A new search, seen from the past.
    package struct Target {
        var features: KnowledgeFeatures
        var objective: Objective
        /// What is tried anyway: the default, and what the user gives.
        var tried: [Configuration]
        /// A configuration in the terms of the space; nil where it is none of it.
        var fit: (Configuration) -> Configuration?
        /// How many are wanted.
        package var limit = WarmStart.limit

        package init(
            features: KnowledgeFeatures, objective: Objective, tried: [Configuration],
            fit: @escaping (Configuration) -> Configuration?
        ) {
            self.features = features
            self.objective = objective
            self.tried = tried
            self.fit = fit
        }
    }

    /// A configuration that was chosen.
    package struct Choice: Sendable, Hashable {
        package var configuration: Configuration
        /// The search for whose sake it is tried: where it saves most, the nearest counting most.
        package var record: String
    }

    private let strategy: SearchStrategy?

    /// - Parameter strategy: what `neo learn` has made; nil for the records alone.
    package init(strategy: SearchStrategy? = nil) {
        self.strategy = strategy
    }

    /// How a search begins.
    package struct Beginning: Sendable, Hashable {
        /// What is tried right after the default.
        package var choices: [Choice] = []
        /// The parameters in the order in which a greedy search varies them.
        package var order: [String] = []

        /// Nothing from elsewhere.
        package init(choices: [Choice] = [], order: [String] = []) {
            self.choices = choices
            self.order = order
        }
    }

    /// Chooses from past searches.
    package func begin(_ records: [KnowledgeRecord], for target: Target) -> Beginning {
        begin(
            records.compactMap {
                PastStudy($0, metric: target.objective, prior: strategy?.priors ?? [:], fit: target.fit)
            }, for: target)
    }

    /// The configurations alone.
    func choose(_ records: [KnowledgeRecord], for target: Target) -> [Choice] { begin(records, for: target).choices }

    /// Chooses from searches that were read in the new one's terms.
    func begin(_ studies: [PastStudy], for target: Target) -> Beginning {
        guard !studies.isEmpty else { return Beginning() }
        let distance = FeatureDistance(studies.map(\.record.features) + [target.features])
        let distances = studies.map { distance($0.record.features, target.features) }
        let alike = Dictionary(grouping: studies, by: \.record.corpus).mapValues { Double($0.count) }
        let weights = zip(studies, distances).map { study, distance in
            // Many searches of the same documents are not many projects.
            (study.isOfSameMetric ? 1 : Self.otherMetricWeight) / (1 + distance) / (alike[study.record.corpus] ?? 1)
        }
        var candidates: [Configuration] = []
        var seen = Set(target.tried)
        for configuration in (strategy?.portfolio ?? []).compactMap(target.fit) + studies.flatMap(\.candidates)
        where seen.insert(configuration).inserted { candidates.append(configuration) }
        // One order, whatever that of the files.
        candidates = PastStudy.ordered(candidates)
        let regrets = candidates.map { configuration in studies.map { $0.regret(configuration) } }
        let start = studies.map { study in target.tried.map(study.regret).min() ?? 1 }
        let chosen = GreedyPortfolio.choose(
            regrets, weights: weights, start: start, limit: min(target.limit, strategy?.seeds ?? Self.limit),
            leastGain: Self.leastGain)
        let choices = chosen.map { place in
            // The search for whose sake it is tried.
            let best = studies.indices.max { left, right in
                let gains = [left, right].map { weights[$0] * (start[$0] - regrets[place][$0]) }
                return (gains[0], distances[right], studies[right].record.id)
                    < (gains[1], distances[left], studies[left].record.id)
            }
            return Choice(configuration: candidates[place], record: best.map { studies[$0].record.id } ?? "")
        }
        guard strategy == nil, let base = choices.first?.configuration ?? target.tried.first else {
            return Beginning(choices: choices, order: strategy?.order ?? [])
        }
        return Beginning(
            choices: choices, order: Self.order(zip(studies.map(\.effects), weights).map { $0 }, from: base))
    }

    /// The parameters by what another value of them promises, compared with the one that a configuration has: what is right
    /// already is varied last.
    ///
    /// - Parameter effects: what values add to the regret, with what each search counts.
    static func order(_ effects: [(effects: MainEffects.Effects, weight: Double)], from base: Configuration) -> [String]
    {
        let promises = base.values.map { name, value -> (name: String, gain: Double) in
            var sums: [String: (sum: Double, weight: Double)] = [:]
            for (effects, weight) in effects {
                for (value, effect) in effects[name] ?? [:] {
                    let known = sums[value] ?? (0, 0)
                    sums[value] = (known.sum + weight * effect, known.weight + weight)
                }
            }
            let means = sums.mapValues { $0.sum / $0.weight }
            // Of a value that nobody tried nothing is known.
            let others = means.filter { $0.key != value.canonicalText }.values.min() ?? 0
            return (name, (means[value.canonicalText] ?? 0) - others)
        }
        return promises.sorted { ($1.gain, $0.name) < ($0.gain, $1.name) }.map(\.name)
    }
}
