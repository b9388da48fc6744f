internal import AutoML
internal import RAG

/// The samplers that `sampler:` of neo.yaml may name.
package enum NamedSampler: String, Sendable, CaseIterable {
    case random, tpe, greedy, grid

    /// The sampler over a space.
    ///
    /// - Parameters:
    ///   - seeds: What is tried first.
    ///   - order: What a greedy search varies first.
    /// - Throws: `AutoMLError` where the space has ranges of real numbers, which a grid and a greedy search cannot list.
    func make(
        _ space: SearchSpace, seeds: [SeededSampler.Seed] = [], order: [String] = []
    ) throws -> any Sampler {
        let sampler: any Sampler =
            switch self {
            case .random: RandomSampler(space)
            case .tpe: TPESampler(space)
            case .greedy: try GreedySampler(space, seeds: seeds.map(\.configuration), order: order)
            case .grid: try GridSampler(space, stages: RAGSpace.stages(of: space))
            }
        return seeds.isEmpty ? sampler : SeededSampler(seeds, then: sampler, in: space)
    }
}
