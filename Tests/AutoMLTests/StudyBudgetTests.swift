import AutoML
import Base
import Synchronization
import TestSupport
import Testing

/// Limits of measurements, time and money.
@Suite struct StudyBudgetTests {
    private let space: SearchSpace
    private let journal = InMemoryTrialJournal()

    init() throws {
        space = try SearchSpace([
            Parameter("model", .categorical(["cheap", "dear"])), Parameter("x", .integer(0...9, step: 1)),
        ])
    }

    /// Costs `price` an item by model, and takes as many seconds; all of one model is alike.
    private final class Paid: Evaluator {
        let clock = ManualClock()
        private let spent = Mutex(0.0)
        private let price: @Sendable (Configuration) -> Double

        init(_ price: @escaping @Sendable (Configuration) -> Double) { self.price = price }

        var meter: Double { spent.withLock { $0 } }

        func measure(_ configuration: Configuration, on items: [String]) async throws -> [Measurement] {
            for _ in items { clock.advance(seconds: price(configuration)) }
            spent.withLock { $0 += price(configuration) * Double(items.count) }
            return items.map { Measurement(item: $0, metrics: ["score": 0.5]) }
        }

        func kinds(of configuration: Configuration) -> [String] { [configuration["model"]?.string ?? ""] }
    }

    private func study(
        _ evaluator: Paid, sampler: (any Sampler)? = nil, racing: Racing? = nil, limits: StudyLimits
    ) throws -> Study {
        let meter: @Sendable () -> Double = { evaluator.meter }
        return Study(
            space: space, sampler: try sampler ?? GridSampler(space), objective: Objective("score"),
            items: (0..<10).map { "q\($0)" }, evaluator: evaluator, journal: journal, limits: limits, racing: racing,
            seed: 1, meter: meter, nanoseconds: { evaluator.clock.now })
    }

    @Test(arguments: [(9, 1), (10, 1), (29, 2), (30, 3), (1000, 20)])
    func `No trial begins that would need more measurements than are left`(limit: Int, trials: Int) async throws {
        let outcome = try await study(Paid { _ in 0 }, limits: StudyLimits(evaluations: limit)).run()
        #expect(outcome.trials.count == trials)
        #expect(outcome.trials.allSatisfy { $0.trial.state == .complete })
        #expect(outcome.ending == (trials == 20 ? .exhausted : .evaluations))
    }

    @Test func `Of a trial that may be stopped early only its first part is known to be needed`() async throws {
        let racing = Racing(rungs: [.init(items: 0.2, kept: 0.5, keptInTheEnd: 0.5)])
        let outcome = try await study(Paid { _ in 0 }, racing: racing, limits: StudyLimits(evaluations: 12)).run()
        #expect(outcome.trials.count == 2)
        #expect(await journal.trials().count == 2)
    }

    @Test func `What a trial took whose first block failed is written down, too`() async throws {
        struct Failing: Evaluator {
            let paid: Paid
            let spared: Configuration

            func measure(_ configuration: Configuration, on items: [String]) async throws -> [Measurement] {
                let measured = try await paid.measure(configuration, on: items)
                if configuration != spared { throw Crash() }
                return measured
            }
        }
        let paid = Paid { _ in 0.1 }
        let outcome = try await Study(
            space: space, sampler: GridSampler(space), objective: Objective("score"), items: ["a", "b"],
            evaluator: Failing(paid: paid, spared: space.default), journal: journal, limits: StudyLimits(trials: 3),
            seed: 1,
            meter: { paid.meter }, nanoseconds: { paid.clock.now }
        ).run()
        #expect(outcome.trials.map(\.trial.state) == [.complete, .failed, .failed])
        let spent = await journal.spendings()
        #expect(spent.map(\.trial) == [0, 1, 2])
        #expect(abs(spent.reduce(0) { $0 + $1.cost } - paid.meter) < 1e-9 && spent.allSatisfy { $0.cost > 0.09 })
    }

    @Test func `The money is never exceeded by a trial of a kind that is known`() async throws {
        let evaluator = Paid { _ in 0.1 }
        let outcome = try await study(evaluator, limits: StudyLimits(cost: 3.5)).run()
        #expect(outcome.trials.count == 3)
        #expect(outcome.ending == .cost)
        #expect(abs((outcome.refusal?.foretold ?? 0) - 1) < 1e-9 && abs((outcome.refusal?.left ?? 0) - 0.5) < 1e-9)
        #expect(abs(evaluator.meter - 3) < 1e-9)
    }

    @Test func `What was spent before counts when a study goes on, and a larger limit lets it`() async throws {
        _ = try await study(Paid { _ in 0.1 }, limits: StudyLimits(trials: 2, seconds: 1000)).run()
        let again = Paid { _ in 0.1 }
        let outcome = try await study(again, limits: StudyLimits(cost: 3)).run()
        #expect(outcome.trials.count == 3)
        #expect(abs(again.meter - 1) < 1e-9)
        let more = Paid { _ in 0.1 }
        #expect(try await study(more, limits: StudyLimits(cost: 5.01)).run().trials.count == 5)
        let spent = await journal.spendings()
        #expect(spent.map(\.trial) == [0, 1, 2, 3, 4])
        #expect(spent.allSatisfy { abs($0.cost - 1) < 1e-9 && abs($0.seconds - 1) < 1e-6 })
    }

    @Test func `A kind that was never tried begins, and the first trial always does`() async throws {
        // Nothing is known of the dear model until one of its trials is over.
        let evaluator = Paid { $0["model"] == "dear" ? 5 : 0.1 }
        let outcome = try await study(evaluator, limits: StudyLimits(cost: 20)).run()
        #expect(outcome.trials.count == 11)
        #expect(outcome.ending == .cost)
        // It stops as soon as the money is spent, and not when all of it is measured.
        #expect(outcome.trials.last?.trial.state == .running && evaluator.meter < 60)
        let dear = Paid { _ in 100 }
        #expect(try await study(dear, limits: StudyLimits(cost: 0.01)).run().ending == .cost)
        await #expect(throws: AutoMLError.self) { try await study(dear, limits: StudyLimits(cost: 0)).run() }
    }

    @Test func `No trial begins that would probably not end in time`() async throws {
        let outcome = try await study(Paid { _ in 1 }, limits: StudyLimits(seconds: 35)).run()
        #expect(outcome.trials.map(\.trial.state) == [.complete, .complete, .complete])
        #expect(outcome.ending == .seconds)
        #expect(outcome.refusal == .init(foretold: 10, left: 5))
    }

    @Test("Killed before any write and run again, a budget of money ends where it would have")
    func resume() async throws {
        let limits = StudyLimits(cost: 3.5)
        var writes = 0
        while true {
            let journal = InMemoryTrialJournal()
            func run(_ journal: any TrialJournal) async throws -> Int {
                let evaluator = Paid { _ in 0.1 }
                return try await Study(
                    space: space, sampler: GridSampler(space), objective: Objective("score"),
                    items: (0..<10).map { "q\($0)" }, evaluator: evaluator, journal: journal, limits: limits, seed: 1,
                    meter: { evaluator.meter }, nanoseconds: { evaluator.clock.now }
                ).run().trials.count
            }
            do {
                #expect(try await run(CrashingJournal(journal, writes: writes)) == 3)
                break
            } catch is Crash {
                // A block that was lost was paid for, so there may be one trial fewer.
                #expect([2, 3].contains(try await run(journal)))
                #expect(await journal.spendings().reduce(0) { $0 + $1.cost } < 3.5)
            }
            writes += 1
        }
        #expect(writes > 5)
    }
}
