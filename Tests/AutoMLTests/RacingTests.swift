import Base
import TestSupport
import Testing

@testable import AutoML

@Suite struct RacingTests {
    static let items = (1...16).map { "q\($0)" }
    private let space: SearchSpace

    init() throws {
        space = try SearchSpace([
            Parameter("a", .integer(0...9, step: 1)), Parameter("b", .integer(0...3, step: 1)),
        ])
    }

    /// Better with `a`, with a little chance by item.
    private static let graded = ScriptedEvaluator { configuration, item in
        let a = Double(configuration["a"]?.integer ?? 0)
        let score = a / 10 + 0.05 * ScriptedEvaluator.score(configuration, item)
        return Measurement(item: item, metrics: ["score": score])
    }

    private func study(
        _ evaluator: any Evaluator, _ journal: any TrialJournal = InMemoryTrialJournal(), jobs: Int = 1,
        racing: Racing? = .usual, limits: StudyLimits = StudyLimits(trials: 30)
    ) -> Study {
        Study(
            space: space, sampler: RandomSampler(space), objective: Objective("score"), items: Self.items,
            evaluator: evaluator, journal: journal, jobs: jobs, limits: limits, racing: racing, seed: 3)
    }

    @Test func `Bad trials are stopped at a rung, and the winner is measured on everything`() async throws {
        let raced = try await study(Self.graded).run()
        let whole = try await study(Self.graded, racing: nil).run()
        #expect(raced.trials.map(\.trial.configuration) == whole.trials.map(\.trial.configuration))
        #expect(raced.winner.trial.number == whole.winner.trial.number)
        #expect(raced.winner.measurements.count == Self.items.count)
        let stopped = raced.trials.filter { $0.trial.state == .stopped }
        #expect(stopped.count > 10)
        #expect(stopped.allSatisfy { [2, 4, 8].contains($0.measurements.count) && $0.value == nil })
        #expect(raced.trials[0].trial.state == .complete, "the default is measured in full")
        let spent = raced.trials.reduce(0) { $0 + $1.measurements.count }
        #expect(Double(spent) < 0.7 * Double(30 * Self.items.count))
    }

    @Test func `All trials are measured on the same items in the same order`() async throws {
        let evaluator = Self.graded
        let outcome = try await study(evaluator).run()
        let stopped = outcome.trials.filter { $0.measurements.count == 2 }
        #expect(stopped.count > 3)
        #expect(Set(stopped.map { Set($0.measurements.map(\.item)) }).count == 1)
    }

    @Test func `A cheap configuration is measured in full`() async throws {
        struct Cheap: Evaluator {
            func measure(_ configuration: Configuration, on items: [String]) async throws -> [Measurement] {
                try await RacingTests.graded.measure(configuration, on: items)
            }
            func isCheap(_ configuration: Configuration) -> Bool { configuration["b"]?.integer == 0 }
        }
        let outcome = try await study(Cheap()).run()
        let cheap = outcome.trials.filter { $0.trial.configuration["b"]?.integer == 0 }
        #expect(cheap.count > 3 && cheap.allSatisfy { $0.trial.state == .complete })
        #expect(outcome.trials.contains { $0.trial.state == .stopped })
    }

    @Test("Killed before any write and run again, a race ends as it would have", arguments: [1, 3])
    func resume(jobs: Int) async throws {
        let limits = StudyLimits(trials: 8)
        let undisturbed = try await study(Self.graded, jobs: jobs, limits: limits).run()
        #expect(undisturbed.trials.contains { $0.trial.state == .stopped })
        var writes = 0
        while true {
            let journal = InMemoryTrialJournal()
            do {
                let crashing = CrashingJournal(journal, writes: writes)
                #expect(try await study(Self.graded, crashing, jobs: jobs, limits: limits).run() == undisturbed)
                break
            } catch is Crash {
                #expect(try await study(Self.graded, journal, jobs: jobs, limits: limits).run() == undisturbed)
            }
            writes += 1
        }
        #expect(writes > 16)
    }

    @Test func `Who was stopped in strong company goes on when weaker ones have come`() async throws {
        // Each trial is weaker than the one before it, so none goes on at once.
        let falling = ScriptedEvaluator { configuration, item in
            let rank = Double((configuration["a"]?.integer ?? 0) * 4 + (configuration["b"]?.integer ?? 0))
            return Measurement(item: item, metrics: ["score": 1 - rank / 40])
        }
        let racing = Racing(rungs: [.init(items: 0.25, kept: 0.1, keptInTheEnd: 0.5)])
        func run(_ limits: StudyLimits) async throws -> StudyOutcome {
            try await Study(
                space: space, sampler: GridSampler(space), objective: Objective("score"), items: Self.items,
                evaluator: falling, journal: InMemoryTrialJournal(), limits: limits, racing: racing, seed: 1
            ).run()
        }
        let outcome = try await run(StudyLimits(trials: 20))
        #expect(outcome.trials.prefix(10).allSatisfy { $0.trial.state == .complete })
        #expect(outcome.trials.suffix(10).allSatisfy { $0.trial.state == .stopped && $0.measurements.count == 4 })
        // The default costs 16, the others 4 each; two more trials of 12 can be paid with 27.
        let poor = try await run(StudyLimits(trials: 20, evaluations: 16 + 19 * 4 + 27))
        #expect(poor.trials.map { $0.trial.state == .complete } == (0..<20).map { $0 < 3 })
    }

    @Test func `More trials on the same journal never lose the winner of fewer`() async throws {
        for seed in UInt64(0)..<20 {
            let journal = InMemoryTrialJournal()
            func run(_ trials: Int) async throws -> StudyOutcome {
                try await Study(
                    space: space, sampler: RandomSampler(space), objective: Objective("score"), items: Self.items,
                    evaluator: ScriptedEvaluator(), journal: journal, limits: StudyLimits(trials: trials),
                    racing: .usual, seed: seed
                ).run()
            }
            let short = try await run(8)
            let long = try await run(32)
            #expect(try #require(long.winner.value) >= #require(short.winner.value))
            #expect(long.trials[short.winner.trial.number].trial.state == .complete)
            #expect(try await run(32) == long)
        }
    }

    @Test func `A budget of measurements ends a study before the trial that would exceed it`() async throws {
        let limits = StudyLimits(trials: 30, evaluations: 100)
        let outcome = try await study(Self.graded, racing: nil, limits: limits).run()
        #expect(outcome.ending == .evaluations)
        #expect(outcome.trials.count == 6)
        await #expect(throws: AutoMLError.self) {
            try await study(Self.graded, limits: StudyLimits(evaluations: 0)).run()
        }
    }

    @Test func `A stopped trial is told as the incumbent plus the paired difference`() {
        func result(_ state: Trial.State, _ scores: [String: Double], value: Double?) -> TrialResult {
            TrialResult(
                trial: Trial(number: 1, configuration: Configuration(), state: state, origin: "random"),
                measurements: scores.map { Measurement(item: $0.key, metrics: ["score": $0.value]) }, value: value)
        }
        let incumbent = result(.complete, ["a": 0.2, "b": 0.4, "c": 0.9], value: 0.5)
        let stopped = result(.stopped, ["a": 0.1, "b": 0.3], value: nil)
        // On the hard items `a` and `b` alone its mean is 0.2, which would look far worse than it is.
        var known = ToldTrials(objective: Objective("score"))
        known.append(stopped)
        #expect(known.values == [nil], "there is nothing to compare it with")
        known.append(incumbent)
        #expect(abs((known.values[0] ?? 0) - 0.4) < 1e-12)
        #expect(known.incumbent == incumbent)
    }

    @Test func `Every beginning of the order holds easy and hard items alike`() {
        let items = (0..<64).map { "q\($0)" }
        let values = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1, Double($0) / 63) })
        let order = RaceOrder.make(items, values: values, rungs: [8, 16, 32], seed: 5)
        #expect(Set(order) == Set(items) && order.count == 64)
        for count in [8, 16, 32] {
            let mean = order.prefix(count).reduce(0) { $0 + values[$1, default: 0] } / Double(count)
            #expect(abs(mean - 0.5) < 0.07)
        }
    }
}
