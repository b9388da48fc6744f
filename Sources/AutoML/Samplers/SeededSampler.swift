public import Base

/// Proposes some given configurations first, in their order, and then what another sampler proposes: a portfolio of
/// what did well elsewhere, or an engineer's guesses.
public struct SeededSampler: Sampler {
    /// The other sampler's name.
    public var name: String { sampler.name }
    private let seeds: [Configuration]
    private let sampler: any Sampler

    /// A sampler that begins with seeds. Those that are not in the space are passed over.
    public init(_ seeds: [Configuration], then sampler: any Sampler, in space: SearchSpace) {
        self.seeds = seeds.filter { (try? space.validate($0)) != nil }.map(space.normalised)
        self.sampler = sampler
    }

    /// The first seed that was not tried yet, or what the other sampler proposes.
    public func ask(history: [Observation], using generator: inout SplitMix64) throws -> Configuration? {
        let tried = Set(history.map(\.configuration))
        if let seed = seeds.first(where: { !tried.contains($0) }) { return seed }
        return try sampler.ask(history: history, using: &generator)
    }
}
