import AutoML
import Base
import Synchronization
import TestSupport
import Testing

@Suite struct StudyTests {
    static let items = (1...12).map { "q\($0)" }
    let journal = InMemoryTrialJournal()

    /// A study of the 33 pipelines, with a clock that stands still so that blocks grow at once.
    static func study(
        sampler: (any Sampler)? = nil, objective: Objective = Objective("score"), items: [String] = Self.items,
        evaluator: any Evaluator, journal: any TrialJournal, jobs: Int = 1,
        limits: StudyLimits = StudyLimits(trials: 6), seed: UInt64 = 1,
        clock: ManualClock = ManualClock(), progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
    ) throws -> Study {
        let space = try SearchSpaceTests.pipeline()
        return Study(
            space: space, sampler: sampler ?? RandomSampler(space), objective: objective, items: items,
            evaluator: evaluator, journal: journal, jobs: jobs, limits: limits, seed: seed,
            nanoseconds: { clock.now }, progress: progress
        )
    }

    @Test("The first trial is the default and the winner has the best mean")
    func winner() async throws {
        let outcome = try await Self.study(evaluator: ScriptedEvaluator(), journal: journal).run()
        #expect(outcome.trials.map(\.trial.number) == Array(0..<6))
        #expect(outcome.trials[0].trial.origin == "default")
        #expect(outcome.trials[0].trial.configuration == (try SearchSpaceTests.pipeline().default))
        #expect(outcome.trials.dropFirst().allSatisfy { $0.trial.origin == "random" })
        #expect(outcome.ending == .trials)
        for result in outcome.trials {
            #expect(result.measurements.map(\.item) == Self.items)
            let scores = Self.items.map { ScriptedEvaluator.score(result.trial.configuration, $0) }
            #expect(abs((result.value ?? -1) - scores.reduce(0, +) / 12) < 1e-12)
        }
        #expect(outcome.winner.value == outcome.trials.compactMap(\.value).max())
    }

    @Test("Of equal trials the earliest wins")
    func ties() async throws {
        let evaluator = ScriptedEvaluator { _, item in Measurement(item: item, metrics: ["score": 0.5]) }
        #expect(try await Self.study(evaluator: evaluator, journal: journal, jobs: 3).run().winner.trial.number == 0)
    }

    @Test("A metric can be minimised")
    func minimise() async throws {
        let outcome = try await Self.study(
            objective: Objective("score", .minimize), evaluator: ScriptedEvaluator(), journal: journal
        ).run()
        #expect(outcome.winner.value == outcome.trials.compactMap(\.value).min())
    }

    @Test("A finite space ends by itself")
    func exhaustion() async throws {
        let outcome = try await Self.study(
            evaluator: ScriptedEvaluator(), journal: journal, jobs: 4, limits: StudyLimits()
        ).run()
        #expect(outcome.trials.count == 33)
        #expect(Set(outcome.trials.map(\.trial.configuration)).count == 33)
        #expect(outcome.ending == .exhausted)
    }

    @Test("What is tried depends on seed and jobs, not on which trial is faster", arguments: [1, 2, 3, 5])
    func deterministic(jobs: Int) async throws {
        var outcomes: [StudyOutcome] = []
        for hesitant in ["0", "7", "c"] {
            let evaluator = ScriptedEvaluator { configuration, item in
                // Some trials give way to others again and again.
                if configuration.hash.hex.hasPrefix(hesitant) || configuration.hash.hex.hasSuffix(hesitant) {
                    for _ in 0..<50 { await Task.yield() }
                }
                return Measurement(item: item, metrics: ["score": ScriptedEvaluator.score(configuration, item)])
            }
            outcomes.append(
                try await Self.study(
                    sampler: GreedyProbe(), evaluator: evaluator, journal: InMemoryTrialJournal(), jobs: jobs,
                    limits: StudyLimits(trials: 12)
                ).run()
            )
        }
        #expect(outcomes[0] == outcomes[1])
        #expect(outcomes[0] == outcomes[2])
    }

    @Test("Ask n is told the trials below n − jobs + 1 and no others", arguments: [1, 2, 3])
    func told(jobs: Int) async throws {
        let heard = Collected<[Observation.Outcome]>()
        _ = try await Self.study(
            sampler: GreedyProbe { heard.add($0.map(\.outcome)) }, evaluator: ScriptedEvaluator(), journal: journal,
            jobs: jobs, limits: StudyLimits(trials: 8)
        ).run()
        #expect(heard.all.count == 7)
        for (position, outcomes) in heard.all.enumerated() {
            let number = position + 1
            #expect(outcomes.count == number)
            for (trial, outcome) in outcomes.enumerated() {
                #expect((outcome == .pending) == (trial > number - jobs))
            }
        }
    }

    @Test("Blocks hold at most 50 items, and fewer where items are slow")
    func blocks() async throws {
        let clock = ManualClock()
        let evaluator = ScriptedEvaluator { _, item in
            clock.advance(seconds: 0.05)
            return Measurement(item: item, metrics: ["score": 1])
        }
        _ = try await Self.study(
            evaluator: evaluator, journal: journal, limits: StudyLimits(trials: 1), clock: clock
        ).run()
        #expect(evaluator.calls.map(\.items.count) == [1, 5, 5, 1])

        let fast = ScriptedEvaluator()
        _ = try await Self.study(
            items: (1...120).map(String.init), evaluator: fast, journal: InMemoryTrialJournal(),
            limits: StudyLimits(trials: 1)
        ).run()
        #expect(fast.calls.map(\.items.count) == [1, 50, 50, 19])
    }

    @Test("Progress arrives in order and ends complete")
    func progress() async throws {
        let heard = Collected<StudyProgress>()
        let outcome = try await Self.study(evaluator: ScriptedEvaluator(), journal: journal, jobs: 3) {
            heard.add($0)
        }.run()
        let counts = heard.all.map(\.measurements)
        #expect(counts == counts.sorted())
        let last = try #require(heard.all.last)
        #expect(last.trialsBegun == 6)
        #expect(last.trialsEnded == 6)
        #expect(last.trialsPlanned == 6)
        #expect(last.measurements == 72)
        #expect(last.measurementsPlanned == 72)
        #expect(last.best == .init(trial: outcome.winner.trial.number, value: try #require(outcome.winner.value)))
    }

    @Test("After the time limit nothing new begins and unfinished trials stop after their block")
    func timeLimit() async throws {
        let clock = ManualClock()
        // The third trial is slower than could be foretold.
        let count = Atomic(0)
        let evaluator = ScriptedEvaluator { _, item in
            clock.advance(seconds: count.add(1, ordering: .relaxed).newValue > 24 ? 2 : 1)
            return Measurement(item: item, metrics: ["score": 1])
        }
        let limits = StudyLimits(seconds: 37)
        let outcome = try await Self.study(evaluator: evaluator, journal: journal, limits: limits, clock: clock).run()
        #expect(outcome.ending == .seconds)
        #expect(outcome.trials.map(\.trial.state) == [.complete, .complete, .running])
        #expect(outcome.trials[2].measurements.count == 7)
        #expect(outcome.winner.trial.number == 0)

        let resumed = try await Self.study(evaluator: evaluator, journal: journal, limits: limits, clock: clock).run()
        #expect(resumed.trials.prefix(3).allSatisfy { $0.trial.state == .complete })
        #expect(evaluator.calls.reduce(0) { $0 + $1.items.count } == 48, "nothing was measured twice")
    }

    @Test(
        "A time limit that is too short for one trial still gives one result, and a clock that jumps back does no harm")
    func shortTimeLimit() async throws {
        let clock = ManualClock()
        let evaluator = ScriptedEvaluator { _, item in
            // Slow enough that every item is a block of its own.
            clock.advance(seconds: item == "q2" ? 100 : 0.3)
            if item == "q3" { clock.jumpBack(seconds: 5000) }
            return Measurement(item: item, metrics: ["score": 1])
        }
        let outcome = try await Self.study(
            evaluator: evaluator, journal: journal, limits: StudyLimits(seconds: 50), clock: clock
        ).run()
        #expect(outcome.trials.map(\.trial.state) == [.complete])
        #expect(outcome.ending == .seconds)
    }

    @Test(
        "A study without work is refused with a sentence",
        arguments: [
            ([], 1, StudyLimits(trials: 1), "no items"),
            (["a", "b", "a"], 1, StudyLimits(trials: 1), "`a` is listed twice"),
            (["a"], 0, StudyLimits(trials: 1), "0 jobs"),
            (["a"], 1, StudyLimits(trials: 0), "0 trials"),
            (["a"], 1, StudyLimits(seconds: 0), "0.0 seconds"),
            (["a"], 1, StudyLimits(seconds: .nan), "nan seconds"),
        ]
    )
    func refused(items: [String], jobs: Int, limits: StudyLimits, sentence: String) async throws {
        let error = await #expect(throws: AutoMLError.self) {
            try await Self.study(
                items: items, evaluator: ScriptedEvaluator(), journal: journal, jobs: jobs, limits: limits
            ).run()
        }
        #expect(error?.code == .invalidStudy)
        #expect(error?.message.contains(sentence) == true)
    }

    @Test("An infinite space needs a limit")
    func infinite() async throws {
        let space = try SamplerTests.infinite()
        let study = Study(
            space: space, sampler: RandomSampler(space), objective: Objective("score"), items: ["a"],
            evaluator: ScriptedEvaluator(), journal: journal, seed: 1)
        await #expect(throws: AutoMLError.self) { try await study.run() }
    }

    @Test("A sampler that repeats itself ends the study; one that leaves the space is an error")
    func badSamplers() async throws {
        let repeating = FixedSampler(configuration: try SearchSpaceTests.pipeline().default)
        let outcome = try await Self.study(sampler: repeating, evaluator: ScriptedEvaluator(), journal: journal).run()
        #expect(outcome.trials.count == 1)
        #expect(outcome.ending == .exhausted)

        let leaving = FixedSampler(configuration: Configuration(["x": 1]))
        let error = await #expect(throws: AutoMLError.self) {
            try await Self.study(sampler: leaving, evaluator: ScriptedEvaluator(), journal: InMemoryTrialJournal())
                .run()
        }
        #expect(error?.code == .invalidSampler)
    }
}

/// Always proposes the same.
struct FixedSampler: Sampler {
    let name = "fixed"
    var configuration: Configuration

    func ask(history: [Observation], using generator: inout SplitMix64) -> Configuration? { configuration }
}

/// Proposes what depends on everything that it is told, so that a difference in what is told shows.
struct GreedyProbe: Sampler {
    let name = "probe"
    var heard: @Sendable ([Observation]) -> Void = { _ in }

    func ask(history: [Observation], using generator: inout SplitMix64) throws -> Configuration? {
        heard(history)
        let told = history.map { "\($0.number) \($0.configuration.hash) \($0.outcome)" }.joined(separator: "\n")
        var own = SplitMix64(seed: generator.next(), stream: told)
        return try RandomSampler(SearchSpaceTests.pipeline()).ask(history: history, using: &own)
    }
}
