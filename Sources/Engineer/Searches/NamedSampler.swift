internal import AutoML

/// The samplers that `sampler:` of neo.yaml may name.
package enum NamedSampler: String, Sendable, CaseIterable {
    case random, tpe, greedy, grid

    /// The sampler over a space.
    ///
    /// - Throws: `AutoMLError` where the space has ranges of real numbers, which a grid and a greedy search cannot list.
    func make(_ space: SearchSpace) throws -> any Sampler {
        switch self {
        case .random: RandomSampler(space)
        case .tpe: TPESampler(space)
        case .greedy: try GreedySampler(space)
        case .grid: try GridSampler(space)
        }
    }
}
