import AutoML
import Base
import Statistics

/// Searches among configurations none of which is better than another: whoever is called worse is called so wrongly.
struct NullSearch {
    /// How the configurations' scores hang together.
    enum Kind: String, CaseIterable {
        /// Each configuration finds each question, or not, by its own luck.
        case independent
        /// Luck belongs to the values of parameters, so that configurations that share them are lucky together, and a
        /// sampler that follows the luck finds more of it.
        case shared
    }

    let space: SearchSpace
    let items: [String]

    /// What is counted over many searches.
    struct Errors {
        var runs = 0
        /// Searches with a wrong "worse".
        var worse = 0
        /// The same by paired t-tests at 5 % against the leader, repeated after every question.
        var control = 0
        /// Trials that the races stopped.
        var stopped = 0
    }

    /// 54 configurations on sixty questions.
    init() throws {
        space = try SearchSpace([
            Parameter("a", .categorical(["x", "y", "z"])), Parameter("b", .categorical(["x", "y", "z"])),
            Parameter("c", .categorical(["x", "y", "z"])), Parameter("d", .categorical(["x", "y"])),
        ])
        items = (0..<60).map { "q\($0)" }
    }

    /// Of a measured table.
    init(space: SearchSpace, items: [String]) {
        self.space = space
        self.items = items
    }

    /// Made scores: 0 or 1, of questions that are easy or hard for all alike.
    func scores(_ kind: Kind, _ generator: inout SplitMix64) -> [Configuration: [Double]] {
        let ease = items.map { _ in generator.nextUnit() - 0.3 }
        var luck: [String: [Double]] = [:]
        var table: [Configuration: [Double]] = [:]
        for configuration in space.enumerated.map(Array.init) ?? [] {
            var sums = ease
            for (name, value) in configuration.values.sorted(by: { $0.key < $1.key }) where kind == .shared {
                let key = name + value.canonicalText
                let shifts = luck[key] ?? items.map { _ in 0.8 * (generator.nextUnit() - 0.5) }
                luck[key] = shifts
                for place in sums.indices { sums[place] += shifts[place] }
            }
            let noise = kind == .shared ? 0.2 : 1.2
            table[configuration] = sums.map { $0 + noise * (generator.nextUnit() - 0.5) > 0 ? 1 : 0 }
        }
        return table
    }

    /// Measured scores, on each question exchanged among the configurations by chance.
    func permuted(
        _ configurations: [Configuration], _ scores: [[Double]], _ generator: inout SplitMix64
    ) -> [Configuration: [Double]] {
        var rows = scores
        for place in items.indices {
            let column = scores.map { $0[place] }.shuffled(using: &generator)
            for row in rows.indices { rows[row][place] = column[row] }
        }
        return Dictionary(zip(configurations, rows), uniquingKeysWith: { first, _ in first })
    }

    /// Searches as Neo does, with the greedy sampler and with or without races, and compares as the report does.
    func run(
        _ table: [Configuration: [Double]], racing: Racing?, trials: Int = 24, seed: UInt64, into errors: inout Errors
    ) async throws {
        let places = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1, $0) })
        let evaluator = ScriptedTable(places: places, scores: table)
        let outcome = try await Study(
            space: space, sampler: GreedySampler(space), objective: Objective("score"), items: items,
            evaluator: evaluator, journal: InMemoryTrialJournal(), limits: StudyLimits(trials: trials),
            racing: racing, seed: seed, nanoseconds: { 0 }
        ).run()
        let measured = outcome.trials.map { $0.measurements.map(\.item) }
        let order = comparisonOrder(
            items, measured: measured, using: SplitMix64(seed: seed, stream: "order of inference"))
        let rows = zip(outcome.trials, measured).map { trial, items in
            let known = Set(items)
            let row = table[trial.trial.configuration] ?? []
            return order.prefix { known.contains($0) }.compactMap { places[$0].map { row[$0] } }
        }
        let comparison = try CandidateComparison(rows)
        errors.runs += 1
        if comparison.findings.contains(where: { $0.verdict == .worse }) { errors.worse += 1 }
        if Self.repeatedTestErrs(rows, leader: comparison.leader) { errors.control += 1 }
        errors.stopped += outcome.trials.count { $0.trial.state == .stopped }
    }

    private static func repeatedTestErrs(_ rows: [[Double]], leader: Int) -> Bool {
        for (place, row) in rows.enumerated() where place != leader {
            var (sum, squares) = (0.0, 0.0)
            for (question, pair) in zip(rows[leader], row).enumerated() {
                let gap = pair.0 - pair.1
                sum += gap
                squares += gap * gap
                let n = Double(question + 1)
                let variance = (squares - sum * sum / n) / max(n - 1, 1)
                if question >= 9, variance > 0, sum / n / (variance / n).squareRoot() > 1.67 { return true }
            }
        }
        return false
    }
}

/// Tells what a table holds.
private struct ScriptedTable: Evaluator {
    let places: [String: Int]
    let scores: [Configuration: [Double]]

    @concurrent
    func measure(_ configuration: Configuration, on items: [String]) async throws -> [Measurement] {
        let row = scores[configuration] ?? []
        return items.map { Measurement(item: $0, metrics: ["score": places[$0].map { row[$0] } ?? 0]) }
    }
}
