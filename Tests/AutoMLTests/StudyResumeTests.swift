import AutoML
import Base
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct StudyResumeTests {
    static let items = (1...7).map { "q\($0)" }

    @Test("Killed before any write and run again, a study finds what it would have found", arguments: [1, 3])
    func resume(jobs: Int) async throws {
        let undisturbed = try await study(ScriptedEvaluator(), InMemoryTrialJournal(), jobs).run()
        var writes = 0
        while true {
            let journal = InMemoryTrialJournal()
            let before = ScriptedEvaluator()
            do {
                let outcome = try await study(before, CrashingJournal(journal, writes: writes), jobs).run()
                #expect(outcome == undisturbed)
                break
            } catch is Crash {
                var known: Set<String> = []
                for trial in await journal.trials() {
                    for measurement in await journal.measurements(ofTrial: trial.number) {
                        known.insert("\(trial.configuration.hash) \(measurement.item)")
                    }
                }
                let after = ScriptedEvaluator()
                #expect(try await study(after, journal, jobs).run() == undisturbed)
                let again = after.calls.flatMap { call in call.items.map { "\(call.configuration.hash) \($0)" } }
                #expect(known.isDisjoint(with: again), "what was journaled is not measured again")
                #expect(known.count + again.count == 5 * 7)
            }
            writes += 1
        }
        // 5 trials: begin, two blocks, finish.
        #expect(writes == 20)
    }

    @Test("Cancelled in the middle, a study leaves a journal that it can go on with")
    func cancellation() async throws {
        let journal = InMemoryTrialJournal()
        let reached = Collected<String>()
        let evaluator = ScriptedEvaluator { configuration, item in
            if item == "q4", configuration["retriever"] == "dense" {
                reached.add(item)
                // Only a cancellation ends this.
                while true {
                    try Task.checkCancellation()
                    await Task.yield()
                }
            }
            return Measurement(item: item, metrics: ["score": ScriptedEvaluator.score(configuration, item)])
        }
        let running = Task { [self] in try await study(evaluator, journal, 2, trials: 33).run() }
        while reached.all.isEmpty { await Task.yield() }
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
        #expect(await journal.trials().allSatisfy { $0.state != .failed })

        let resumed = try await study(ScriptedEvaluator(), journal, 2, trials: 33).run()
        #expect(try await study(ScriptedEvaluator(), InMemoryTrialJournal(), 2, trials: 33).run() == resumed)
    }

    @Test("An error that hides a cancellation is not held against the trial")
    func hiddenCancellation() async throws {
        let journal = InMemoryTrialJournal()
        let evaluator = ScriptedEvaluator { _, item in
            withUnsafeCurrentTask { $0?.cancel() }
            throw Crash()
        }
        await #expect(throws: CancellationError.self) { try await study(evaluator, journal, 1).run() }
        #expect(await journal.trials().map(\.state) == [.running])
    }

    @Test("A larger limit goes on where a smaller one stopped, and a smaller one leaves later trials aside")
    func otherLimits() async throws {
        let journal = InMemoryTrialJournal()
        let first = try await study(ScriptedEvaluator(), journal, 2, trials: 3).run()
        let second = try await study(ScriptedEvaluator(), journal, 2, trials: 6).run()
        #expect(Array(second.trials.prefix(3)) == first.trials)
        #expect(try await study(ScriptedEvaluator(), InMemoryTrialJournal(), 2, trials: 6).run() == second)
        #expect(try await study(ScriptedEvaluator(), journal, 2, trials: 3).run() == first)
    }

    @Test("The journal of another search is refused")
    func otherJournal() async throws {
        let journal = InMemoryTrialJournal()
        try await journal.begin(Trial(number: 0, configuration: Configuration(["depth": 3]), origin: "default"))
        let error = await #expect(throws: AutoMLError.self) { try await study(ScriptedEvaluator(), journal, 1).run() }
        #expect(error?.code == .journalMismatch)
    }

    private func study(
        _ evaluator: ScriptedEvaluator, _ journal: any TrialJournal, _ jobs: Int, trials: Int = 5
    ) throws -> Study {
        try StudyTests.study(
            sampler: GreedyProbe(), items: Self.items, evaluator: evaluator, journal: journal, jobs: jobs,
            limits: StudyLimits(trials: trials))
    }
}
