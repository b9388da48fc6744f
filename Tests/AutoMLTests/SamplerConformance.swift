import AutoML
import Base
import Testing

/// What every sampler must do, in one place: an own sampler is checked by one call.
struct SamplerConformance {
    /// Makes the sampler under test.
    var make: (SearchSpace) throws -> any Sampler

    /// Checks the sampler on a space; `asks` is how many proposals are looked at where the space is infinite.
    func check(_ space: SearchSpace, asks: Int = 40) throws {
        let first = try run(space, seed: 1, asks: asks)
        let again = try run(space, seed: 1, asks: asks)
        #expect(first == again, "equal seeds, equal proposals")

        for configuration in first {
            try space.validate(configuration)
            #expect(space.normalised(configuration) == configuration, "proposals are normalised")
        }
        #expect(Set(first).count == first.count, "nothing is proposed twice")

        for cut in 0..<first.count {
            let resumed = try run(space, seed: 1, asks: asks, history: Array(first.prefix(cut)))
            #expect(resumed == first, "a new sampler goes on from \(cut) trials as the old one would have")
        }

        if let size = space.size, size <= asks {
            #expect(first.count == size, "a finite space is proposed completely, then nothing")
            #expect(Set(first) == Set(try #require(space.enumerated)))
        } else {
            #expect(first.count == asks, "there is always something left in a space that large")
        }
    }

    /// The proposals after a history, with outcomes that depend on the configuration only; some fail, some are pending.
    private func run(
        _ space: SearchSpace, seed: UInt64, asks: Int, history: [Configuration] = []
    ) throws -> [Configuration] {
        let sampler = try make(space)
        var configurations = history
        while configurations.count < asks {
            let observations = configurations.enumerated().map { number, configuration in
                let isPending = number >= configurations.count - 2
                let digit = Double(configuration.hash.hex.utf8.first ?? 0)
                return Observation(
                    number: number, configuration: configuration,
                    outcome: isPending ? .pending : number % 5 == 4 ? .failed : .score(digit)
                )
            }
            var generator = SplitMix64(seed: seed, stream: "ask \(configurations.count)")
            guard let next = try sampler.ask(history: observations, using: &generator) else { break }
            configurations.append(next)
        }
        return configurations
    }
}
