public import Base

/// Proposes configurations by the tree-structured Parzen estimator: where good trials were dense, and others were not.
///
/// The trials are split into the best few and the rest; two densities are estimated, l of the good ones and g of the
/// others, and of some candidates drawn from l the one with the greatest l / g is proposed. Parameters that are active
/// together are estimated together, so that what goes well only in company is found; those under another condition are
/// a group of their own, estimated from the trials that have it. Trials that are still running count among the others
/// (the constant liar), so that trials which are asked for at the same time spread out. In a finite space nothing is
/// proposed twice.
///
/// Source: J. Bergstra, R. Bardenet, Y. Bengio, B. Kégl, "Algorithms for hyper-parameter optimization", NIPS 2011; the
/// multivariate kernel as in S. Watanabe, "Tree-structured Parzen estimator: understanding its algorithm components",
/// arXiv:2304.11127; the settings as in Optuna's `TPESampler(multivariate=True, group=True,
/// constant_liar=True)`, whose regret ours is compared with.
public struct TPESampler: Sampler {
    /// `tpe`.
    public let name = "tpe"
    /// How many trials are chosen at random before anything is estimated.
    public var startupTrials = 10
    /// How many candidates are drawn for each group of parameters.
    public var candidates = 24

    private let groups: [ParameterGroup]
    private let random: RandomSampler

    /// A sampler over a space.
    public init(_ space: SearchSpace) {
        groups = ParameterGroup.groups(of: space.parameters)
        random = RandomSampler(space)
    }

    /// The most promising of some candidates that was not tried yet.
    public func ask(history: [Observation], using generator: inout SplitMix64) -> Configuration? {
        let told = history.filter { $0.outcome != .pending }
        guard told.count >= startupTrials else { return random.ask(history: history, using: &generator) }
        let split = Split(history)
        let seen = Set(history.map(\.configuration))
        let densities = groups.map { group in
            (good: group.density(of: split.good), other: group.density(of: split.other))
        }
        // Where the best corner of a small space is used up, its candidates repeat; then chance goes on.
        for _ in 0..<20 {
            var configuration = Configuration()
            for (group, density) in zip(groups, densities) where group.isActive(under: configuration) {
                let drawn = (0..<candidates).map { _ in density.good.draw(using: &generator) }
                let best = drawn.max { left, right in
                    density.good.logRatio(left, to: density.other) < density.good.logRatio(right, to: density.other)
                }
                for (parameter, place) in zip(group.parameters, best ?? []) {
                    configuration[parameter.name] = parameter.domain.value(atCoordinate: place)
                }
            }
            if !seen.contains(configuration) { return configuration }
        }
        return random.ask(history: history, using: &generator)
    }
}

/// The best few trials, and the others.
private struct Split {
    var good: [Configuration] = []
    var other: [Configuration] = []

    /// One in ten is good, at most 25; of equal ones the earlier. A failed trial is never good.
    init(_ history: [Observation]) {
        var scored: [(number: Int, score: Double)] = []
        var toldCount = 0
        for observation in history {
            if observation.outcome != .pending { toldCount += 1 }
            if case .score(let score) = observation.outcome, score.isFinite {
                scored.append((observation.number, score))
            }
        }
        let count = min((toldCount + 9) / 10, 25)
        let best = Set(scored.sorted { (-$0.score, $0.number) < (-$1.score, $1.number) }.prefix(count).map(\.number))
        for observation in history {
            if best.contains(observation.number) {
                good.append(observation.configuration)
            } else {
                other.append(observation.configuration)
            }
        }
    }
}
