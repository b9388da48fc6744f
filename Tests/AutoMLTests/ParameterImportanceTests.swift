import Base
import Testing

@testable import AutoML

@Suite struct ParameterImportanceTests {
    private static let a: [Double] = [0, 1, 3]
    private static let b: [Double] = [0, 2]
    private static let c: [Double] = [0, 0.5, 1, 1.5]

    private static func space() throws -> SearchSpace {
        try SearchSpace([
            Parameter("a", .categorical(["x", "y", "z"])), Parameter("b", .categorical([false, true])),
            Parameter("c", .integer(1...4, step: 1)), Parameter("none", .categorical([1, 2, 3])),
        ])
    }

    private static func value(_ configuration: Configuration, interaction: Double) -> Double {
        let first = ["x", "y", "z"].firstIndex(of: configuration["a"]?.string ?? "") ?? 0
        let second = configuration["b"] == true ? 1 : 0
        let third = (configuration["c"]?.integer ?? 1) - 1
        return a[first] + b[second] + c[third] + (first == 2 && second == 1 ? interaction : 0)
    }

    /// The classical decomposition of a complete grid of a and b: shares of a, b, and of the two together.
    private static func classical(interaction: Double) -> (a: Double, b: Double, c: Double, ab: Double) {
        func variance(_ values: [Double]) -> Double {
            let mean = values.reduce(0, +) / Double(values.count)
            return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        }
        var cells = Array(repeating: [0.0, 0.0], count: 3)
        for i in 0..<3 {
            for j in 0..<2 { cells[i][j] = a[i] + b[j] }
        }
        cells[2][1] += interaction
        let rows: [Double] = cells.map { ($0[0] + $0[1]) / 2 }
        let columns: [Double] = [0, 1].map { j in (cells[0][j] + cells[1][j] + cells[2][j]) / 3 }
        let (first, second) = (variance(rows), variance(columns))
        let both = variance(cells.flatMap { $0 }) - first - second
        let total = first + second + both + variance(c)
        return (first / total, second / total, variance(c) / total, both / total)
    }

    @Test(arguments: [0.0, 3.0, -4.0])
    func `On a complete grid the shares are those of the analysis of variance`(interaction: Double) throws {
        let space = try Self.space()
        let trials = Array(try #require(space.enumerated)).map { ($0, Self.value($0, interaction: interaction)) }
        let importance = try #require(ParameterImportance(space, trials: trials, seed: 1))
        let expected = Self.classical(interaction: interaction)
        let shares = Dictionary(uniqueKeysWithValues: importance.parameters.map { ($0.names[0], $0.share) })
        for (name, share) in [("a", expected.a), ("b", expected.b), ("c", expected.c), ("none", 0)] {
            #expect(abs((shares[name] ?? -1) - share) < 0.05, "\(name)")
        }
        let pair = try #require(importance.interactions.first { $0.names == ["a", "b"] })
        // What two do only together is the last that trees on part of the trials see, so the forest has less of it.
        #expect(abs(pair.share - expected.ab) < 0.2)
        #expect(importance.accuracy > 0.8)
        #expect(importance == ParameterImportance(space, trials: trials, seed: 1))
    }

    @Test func `One tree over all trials of a grid is the analysis of variance exactly`() throws {
        let space = try Self.space()
        let trials = Array(try #require(space.enumerated)).map { ($0, Self.value($0, interaction: 3)) }
        let table = LevelTable(space.parameters, trials.map(\.0))
        var generator = SplitMix64(seed: 2)
        let tree = RegressionTree(table, values: trials.map(\.1), rows: Array(trials.indices), using: &generator)
        let variance = TreeVariance(tree, table.axes)
        let expected = Self.classical(interaction: 3)
        for (share, known) in zip(variance.main, [expected.a, expected.b, expected.c, 0]) {
            #expect(abs(share / variance.total - known) < 1e-9)
        }
        #expect(abs((variance.pairs[[0, 1]] ?? 0) / variance.total - expected.ab) < 1e-9)
        #expect((variance.pairs[[1, 2]] ?? 1) < 1e-9)
        for (row, trial) in zip(table.rows, trials) { #expect(abs(tree.value(of: row) - trial.1) < 1e-9) }
    }

    @Test func `A parameter that is not always active has one level more`() throws {
        let space = try SearchSpace([
            Parameter("kind", .categorical(["plain", "fine"])),
            Parameter("depth", .real(0...1, log: false), when: .init("kind", isOneOf: ["fine"])),
        ])
        var generator = SplitMix64(seed: 3)
        let trials = (0..<60).map { number -> (Configuration, Double) in
            guard number % 2 == 0 else { return (Configuration(["kind": "plain"]), 0.5) }
            let depth = generator.nextUnit()
            return (Configuration(["kind": "fine", "depth": .number(depth)]), depth)
        }
        let table = LevelTable(space.parameters, trials.map(\.0))
        #expect(table.axes.map(\.levels) == [2, 17])
        let importance = try #require(ParameterImportance(space, trials: trials, seed: 4))
        #expect(importance.parameters.first?.names == ["depth"])
        #expect(importance.accuracy > 0.8)
    }

    @Test func `Noise is not foretold, and too little says nothing`() throws {
        let space = try Self.space()
        var generator = SplitMix64(seed: 5)
        let noise = Array(try #require(space.enumerated)).map { ($0, generator.nextUnit()) }
        let importance = try #require(ParameterImportance(space, trials: noise, seed: 6))
        #expect(importance.accuracy < 0.3)
        #expect(ParameterImportance(space, trials: Array(noise.prefix(9)), seed: 6) == nil)
        #expect(ParameterImportance(space, trials: noise.map { ($0.0, 0.5) }, seed: 6) == nil)
        #expect(ParameterImportance(space, trials: noise.map { ($0.0, .nan) }, seed: 6) == nil)
    }
}
