import AutoML
import Base
import Testing

@Suite struct SamplerTests {
    static func infinite() throws -> SearchSpace {
        try SearchSpace([
            Parameter("retriever", .categorical(["bm25", "dense"])),
            Parameter("k1", .real(0.1...10, log: true), when: .init("retriever", isOneOf: ["bm25"])),
            Parameter("b", .real(0...1, log: false), when: .init("retriever", isOneOf: ["bm25"])),
        ])
    }

    @Test("The grid conforms")
    func grid() throws {
        try SamplerConformance { try GridSampler($0) }.check(try SearchSpaceTests.pipeline())
        try SamplerConformance { try GridSampler($0) }.check(try SearchSpace([]))
    }

    @Test("The random sampler conforms")
    func random() throws {
        try SamplerConformance { RandomSampler($0) }.check(try SearchSpaceTests.pipeline())
        try SamplerConformance { RandomSampler($0) }.check(try Self.infinite())
        let huge = try SearchSpace((0..<3).map { Parameter("p\($0)", .integer(0...(1 << 40), step: 1)) })
        try SamplerConformance { RandomSampler($0) }.check(huge)
    }

    @Test("The Parzen estimator conforms")
    func tpe() throws {
        try SamplerConformance { TPESampler($0) }.check(try SearchSpaceTests.pipeline())
        try SamplerConformance { TPESampler($0) }.check(try Self.infinite())
        let huge = try SearchSpace((0..<3).map { Parameter("p\($0)", .integer(0...(1 << 40), step: 1)) })
        try SamplerConformance { TPESampler($0) }.check(huge)
    }

    @Test("The greedy sampler conforms")
    func greedy() throws {
        try SamplerConformance { try GreedySampler($0) }.check(try SearchSpaceTests.pipeline())
        #expect(throws: AutoMLError.self) { try GreedySampler(try Self.infinite()) }
    }

    @Test("The greedy sampler goes on from the best seed")
    func greedySeeds() throws {
        let space = try SearchSpace(["x", "y"].map { Parameter($0, .integer(0...3, step: 1)) })
        let seeds = [Configuration(["x": 3, "y": 3]), Configuration(["x": 1, "y": 2])]
        let sampler = try GreedySampler(space, seeds: seeds)
        var generator = SplitMix64(seed: 1)
        let scores = [(space.default, 0.5), (seeds[0], 0.9), (seeds[1], 0.2)]
        let history = scores.enumerated().map {
            Observation(number: $0, configuration: $1.0, outcome: .score($1.1))
        }
        #expect(sampler.ask(history: history, using: &generator) == Configuration(["x": 0, "y": 3]))
    }

    @Test("A sampler with seeds conforms, and passes over seeds that are not in the space")
    func seeded() throws {
        let make = { (space: SearchSpace) in
            let known = space.enumerated.map { Array($0.prefix(3)) } ?? []
            return SeededSampler(
                (known + [Configuration(["x": 1])]).map { .init($0, origin: "seed") }, then: TPESampler(space),
                in: space)
        }
        try SamplerConformance { make($0) }.check(try SearchSpaceTests.pipeline())
        try SamplerConformance { make($0) }.check(try Self.infinite())
    }

    @Test("A grid with stages tries the same configurations, and makes nothing of an early stage twice")
    func gridStages() throws {
        let space = try SearchSpace([
            Parameter("how", .categorical(["words", "meaning"])),
            Parameter("stem", .categorical([true, false]), when: .init("how", isOneOf: ["words"])),
            Parameter("cut", .integer(1...3, step: 1)), Parameter("rerank", .categorical([false, true])),
        ])
        let sampler = try GridSampler(space, stages: ["cut", "stem", "nonsense"])
        var generator = SplitMix64(seed: 1)
        var history: [Observation] = []
        while let next = sampler.ask(history: history, using: &generator) {
            history.append(Observation(number: history.count, configuration: next, outcome: .pending))
        }
        let tried = history.map(\.configuration)
        #expect(Set(tried) == Set(space.enumerated.map(Array.init) ?? []) && tried.count == 18)
        // Each run of equal values of the first stage, and of the first two, occurs once.
        for stages in [["cut"], ["cut", "stem"]] {
            let prefixes = tried.map { configuration in stages.map { configuration[$0]?.canonicalText ?? "" } }
            let runs = prefixes.indices.filter { $0 == 0 || prefixes[$0] != prefixes[$0 - 1] }
            #expect(runs.count == Set(prefixes).count)
        }
        try SamplerConformance { try GridSampler($0, stages: ["bm25.k1"]) }.check(try SearchSpaceTests.pipeline())
    }

    @Test("The grid follows the enumeration, whatever was tried before")
    func gridOrder() throws {
        let space = try SearchSpace([Parameter("x", .integer(0...3, step: 1))])
        let sampler = try GridSampler(space)
        var generator = SplitMix64(seed: 1)
        let history = [Observation(number: 0, configuration: Configuration(["x": 1]), outcome: .pending)]
        #expect(sampler.ask(history: history, using: &generator) == Configuration(["x": 0]))
        let more = history + [Observation(number: 1, configuration: Configuration(["x": 0]), outcome: .failed)]
        #expect(sampler.ask(history: more, using: &generator) == Configuration(["x": 2]))
    }

    @Test("A grid over real numbers is refused with a sentence that names them")
    func infiniteGrid() throws {
        let space = try Self.infinite()
        let error = #expect(throws: AutoMLError.self) { try GridSampler(space) }
        #expect(error?.message.contains("`k1`, `b`") == true)
    }

    @Test("In a finite space every configuration is equally probable, however deep its conditions")
    func uniform() throws {
        let space = try SearchSpaceTests.pipeline()
        let sampler = RandomSampler(space)
        var counts: [Configuration: Int] = [:]
        var generator = SplitMix64(seed: 5)
        for _ in 0..<6600 {
            counts[try #require(sampler.ask(history: [], using: &generator)), default: 0] += 1
        }
        #expect(counts.count == 33)
        // 200 expected each; chi-squared with 32 degrees of freedom stays below 62.5 in 99.9 % of all runs.
        let chiSquared = counts.values.reduce(0.0) { $0 + Double(($1 - 200) * ($1 - 200)) / 200 }
        #expect(chiSquared < 62.5)
    }

    @Test("A logarithmic range is drawn evenly over its logarithm, and a plain one evenly")
    func ranges() throws {
        let space = try SearchSpace([
            Parameter("log", .real(0.01...100, log: true)), Parameter("plain", .real(-1...1, log: false)),
        ])
        let sampler = RandomSampler(space)
        var generator = SplitMix64(seed: 5)
        var belowOne = 0
        var belowZero = 0
        for _ in 0..<2000 {
            let configuration = try #require(sampler.ask(history: [], using: &generator))
            if let value = configuration["log"]?.number, value < 1 { belowOne += 1 }
            if let value = configuration["plain"]?.number, value < 0 { belowZero += 1 }
        }
        #expect((900...1100).contains(belowOne))
        #expect((900...1100).contains(belowZero))
    }

    @Test("Other seeds lead elsewhere")
    func seeds() throws {
        let sampler = RandomSampler(try Self.infinite())
        var first = SplitMix64(seed: 1)
        var second = SplitMix64(seed: 2)
        let drawn = (0..<5).map { _ in sampler.ask(history: [], using: &first) }
        #expect(drawn != (0..<5).map { _ in sampler.ask(history: [], using: &second) })
    }
}
