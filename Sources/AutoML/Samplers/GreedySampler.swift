public import Base

/// Varies one parameter after the other, in the order of the space, and keeps the best value of each: what most tools
/// do that tune a pipeline stage by stage, and the baseline that a joint search must beat.
///
/// It begins with the first trial, which a study takes from the space's default, or with the best of some seeds where it
/// is given any and that is better. When a round over all parameters
/// changes nothing, what is left is tried at random.
///
/// Where trials run at the same time, one that has not come out yet does not win its round.
public struct GreedySampler: Sampler {
    /// `greedy`.
    public let name = "greedy"
    private let space: SearchSpace
    private let random: RandomSampler
    private let seeds: [Configuration]
    /// The parameters in the order in which they are varied.
    private let parameters: [Parameter]

    /// A sampler over a space whose parameters all have a list of values.
    ///
    /// - Parameters:
    ///   - seeds: Configurations of the space that somebody else tries; it begins with the best of them.
    ///   - order: Names of parameters that are varied before the others, in this order.
    /// - Throws: ``AutoMLError`` with the code `infiniteSpace` where a parameter is a range of real numbers.
    public init(_ space: SearchSpace, seeds: [Configuration] = [], order: [String] = []) throws(AutoMLError) {
        // The same condition, and the same sentence, as for a grid.
        _ = try GridSampler(space)
        self.space = space
        random = RandomSampler(space)
        self.seeds = seeds
        let first = order.compactMap { name in space.parameters.first { $0.name == name } }
        parameters = first + space.parameters.filter { !order.contains($0.name) }
    }

    /// The next value of the parameter whose turn it is.
    public func ask(history: [Observation], using generator: inout SplitMix64) -> Configuration? {
        var scores: [Configuration: Double] = [:]
        for observation in history {
            if case .score(let score) = observation.outcome {
                scores[observation.configuration] = score
            } else {
                scores[observation.configuration] = -.infinity
            }
        }
        var base = space.default
        guard scores[base] != nil else { return base }
        for seed in seeds where scores[seed] ?? -.infinity > scores[base] ?? -.infinity { base = seed }
        while true {
            let start = base
            for parameter in parameters where parameter.isActive(under: base) {
                let round = variants(of: base, in: parameter)
                if let next = round.first(where: { scores[$0] == nil }) { return next }
                for variant in round where scores[variant] ?? -.infinity > scores[base] ?? -.infinity {
                    base = variant
                }
            }
            if base == start { return random.ask(history: history, using: &generator) }
        }
    }

    /// The configurations with another value of one parameter; parameters that become active have their first value.
    private func variants(of base: Configuration, in parameter: Parameter) -> [Configuration] {
        (0..<(parameter.domain.count ?? 0)).compactMap { place in
            var values = base.values
            values[parameter.name] = parameter.domain.value(at: place)
            for other in space.parameters where values[other.name] == nil { values[other.name] = other.domain.first }
            let variant = space.normalised(Configuration(values))
            return variant == base ? nil : variant
        }
    }
}
