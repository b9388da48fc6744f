internal import AutoML

extension SearchResults.Importance {
    /// So many pairs of parameters are kept.
    private static let keptInteractions = 10

    /// Which parameters make the difference between trials, also while more of them are under way; nil where they are too
    /// few or all alike.
    init?(_ space: SearchSpace, of results: [AutoML.TrialResult], objective: Objective, seed: UInt64) {
        var known = ToldTrials(objective: objective)
        for result in results { known.append(result) }
        let trials = zip(results, known.values).compactMap { result, value in
            value.map { (configuration: result.trial.configuration, value: $0) }
        }
        guard let importance = ParameterImportance(space, trials: trials, seed: seed) else { return nil }
        self.init(
            parameters: importance.parameters.map(Self.share),
            interactions: importance.interactions.prefix(Self.keptInteractions).map(Self.share),
            accuracy: importance.accuracy, trials: trials.count, isWholeSpace: trials.count == space.size)
    }

    private static func share(_ share: ParameterImportance.Share) -> Share {
        Share(names: share.names, share: share.share, lower: share.spread.lowerBound, upper: share.spread.upperBound)
    }
}
