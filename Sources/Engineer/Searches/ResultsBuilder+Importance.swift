internal import AutoML

extension ResultsBuilder {
    /// So many pairs of parameters are kept.
    private static let keptInteractions = 10

    /// Which parameters made the difference; nil where the trials are too few or all alike.
    func importance() -> SearchResults.Importance? {
        var known = ToldTrials(objective: golden.objective)
        for trial in outcome.trials { known.append(trial) }
        let trials = zip(outcome.trials, known.values).compactMap { trial, value in
            value.map { (configuration: trial.trial.configuration, value: $0) }
        }
        guard let importance = ParameterImportance(space, trials: trials, seed: seed) else { return nil }
        return SearchResults.Importance(
            parameters: importance.parameters.map(share),
            interactions: importance.interactions.prefix(Self.keptInteractions).map(share),
            accuracy: importance.accuracy, trials: trials.count, isWholeSpace: trials.count == space.size
        )
    }

    private func share(_ share: ParameterImportance.Share) -> SearchResults.Importance.Share {
        SearchResults.Importance.Share(
            names: share.names, share: share.share, lower: share.spread.lowerBound, upper: share.spread.upperBound
        )
    }
}
