public import Base

/// Proposes some given configurations first, in their order, and then what another sampler proposes: a portfolio of
/// what did well elsewhere, or an engineer's guesses.
public struct SeededSampler: Sampler {
    /// A configuration to begin with.
    public struct Seed: Sendable, Hashable {
        /// What to try.
        public var configuration: Configuration
        /// Where it comes from, for reports.
        public var origin: String

        /// A seed.
        public init(_ configuration: Configuration, origin: String) {
            self.configuration = configuration
            self.origin = origin
        }
    }

    /// The other sampler's name.
    public var name: String { sampler.name }
    private let seeds: [Seed]
    private let sampler: any Sampler

    /// A sampler that begins with seeds. Those that are not in the space are passed over.
    public init(_ seeds: [Seed], then sampler: any Sampler, in space: SearchSpace) {
        self.seeds = seeds.filter { (try? space.validate($0.configuration)) != nil }
            .map { Seed(space.normalised($0.configuration), origin: $0.origin) }
        self.sampler = sampler
    }

    /// The first seed that was not tried yet, or what the other sampler proposes.
    public func ask(history: [Observation], using generator: inout SplitMix64) throws -> Configuration? {
        let tried = Set(history.map(\.configuration))
        if let seed = seeds.first(where: { !tried.contains($0.configuration) }) { return seed.configuration }
        return try sampler.ask(history: history, using: &generator)
    }

    /// A seed's own origin.
    public func origin(of configuration: Configuration) -> String {
        seeds.first { $0.configuration == configuration }?.origin ?? sampler.origin(of: configuration)
    }
}
