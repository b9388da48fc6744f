import AutoML
import Base
import TestSupport
import Testing

@Suite struct StudyFailureTests {
    let journal = InMemoryTrialJournal()

    @Test("A configuration that cannot be measured fails with its sentence and the others go on")
    func failedTrial() async throws {
        let evaluator = ScriptedEvaluator { configuration, item in
            if configuration["retriever"] == "dense" { throw Crash() }
            return Measurement(item: item, metrics: ["score": 0.5])
        }
        let outcome = try await StudyTests.study(
            evaluator: evaluator, journal: journal, jobs: 2, limits: StudyLimits()
        ).run()
        let failed = outcome.trials.filter { $0.trial.state == .failed }
        #expect(failed.count == 3)
        #expect(failed.allSatisfy { $0.trial.failure == "the power went away" && $0.value == nil })
        #expect(outcome.trials.count { $0.trial.state == .complete } == 30)
        #expect(await journal.trials() == outcome.trials.map(\.trial))
    }

    @Test("A failed trial is not tried again on the next run")
    func failedStays() async throws {
        let failing = ScriptedEvaluator { configuration, item in
            if configuration["retriever"] == "bm25" { throw Crash() }
            return Measurement(item: item, metrics: ["score": 0.5])
        }
        let first = try await StudyTests.study(evaluator: failing, journal: journal).run()
        let mended = ScriptedEvaluator()
        #expect(try await StudyTests.study(evaluator: mended, journal: journal).run() == first)
        #expect(mended.calls.isEmpty)
    }

    @Test("A failed item counts as the worst value and is never dropped")
    func failedItem() async throws {
        let evaluator = ScriptedEvaluator { configuration, item in
            if configuration["retriever"] == "bm25", item < "q5" {
                return Measurement(item: item, metrics: [:], failure: "timed out")
            }
            return Measurement(item: item, metrics: ["score": configuration["retriever"] == "bm25" ? 1 : 0.6])
        }
        let outcome = try await StudyTests.study(
            items: (1...8).map { "q\($0)" }, evaluator: evaluator, journal: journal, limits: StudyLimits()
        ).run()
        // 4 of 8 items failed: the mean is 0.5, not 1.
        #expect(outcome.trials[0].value == 0.5)
        #expect(outcome.trials[0].failures == 4)
        #expect(outcome.winner.value ?? 0 > 0.5)
    }

    @Test("Where smaller is better, a configuration with a failure never wins against one without")
    func failedItemMinimised() async throws {
        let evaluator = ScriptedEvaluator { configuration, item in
            if configuration["retriever"] == "bm25", item == "q3" {
                return Measurement(item: item, metrics: [:], failure: "timed out")
            }
            return Measurement(item: item, metrics: ["score": configuration["retriever"] == "bm25" ? 1 : 900])
        }
        let study = { (worst: Double?) in
            try StudyTests.study(
                objective: Objective("score", .minimize, worst: worst), evaluator: evaluator,
                journal: InMemoryTrialJournal(), limits: StudyLimits())
        }
        #expect(try await study(nil).run().winner.trial.configuration["retriever"] != "bm25")
        #expect(try await study(1000).run().winner.trial.configuration["retriever"] == "bm25")
    }

    @Test(
        "What is not a number, or not measured, is a failure",
        arguments: [["score": Double.nan], ["score": .infinity], [:]])
    func notANumber(metrics: [String: Double]) async throws {
        let evaluator = ScriptedEvaluator { _, item in
            Measurement(item: item, metrics: item == "q1" ? metrics : ["score": 1])
        }
        let outcome = try await StudyTests.study(
            evaluator: evaluator, journal: journal, limits: StudyLimits(trials: 1)
        ).run()
        #expect(outcome.winner.measurements[0].failure?.contains("`score`") == true)
        #expect(outcome.winner.measurements[0].metrics.isEmpty)
        #expect(abs((outcome.winner.value ?? 0) - 11.0 / 12) < 1e-12)
    }

    @Test("When every trial fails, the study does, with the commonest reason")
    func allFailed() async throws {
        let evaluator = ScriptedEvaluator { configuration, item in
            if configuration["retriever"] == "dense" { throw AutoMLError(.invalidStudy, "no encoder") }
            throw Crash()
        }
        let error = await #expect(throws: AutoMLError.self) {
            try await StudyTests.study(evaluator: evaluator, journal: journal, limits: StudyLimits()).run()
        }
        #expect(error?.code == .allTrialsFailed)
        #expect(error?.message.contains("all 33 trials failed, 30 of them with: the power went away") == true)
    }

    @Test("When every item of every trial fails, the study does too")
    func allItemsFailed() async throws {
        let evaluator = ScriptedEvaluator { _, item in Measurement(item: item, metrics: [:], failure: "no answer") }
        let error = await #expect(throws: AutoMLError.self) {
            try await StudyTests.study(evaluator: evaluator, journal: journal).run()
        }
        #expect(error?.message.contains("6 of them with: no answer") == true)
    }

    @Test("A trial whose items all failed does not win against one that really scored the worst value")
    func failureLosesTie() async throws {
        let evaluator = ScriptedEvaluator { configuration, item in
            configuration["retriever"] == "bm25"
                ? Measurement(item: item, metrics: [:], failure: "no index")
                : Measurement(item: item, metrics: ["score": 0])
        }
        let outcome = try await StudyTests.study(evaluator: evaluator, journal: journal, limits: StudyLimits()).run()
        #expect(outcome.winner.failures == 0)
    }

    @Test("An evaluator that returns other items fails the trial")
    func wrongItems() async throws {
        let evaluator = ScriptedEvaluator { configuration, item in
            let name = configuration["retriever"] == "dense" ? "other" : item
            return Measurement(item: name, metrics: ["score": 1])
        }
        let outcome = try await StudyTests.study(evaluator: evaluator, journal: journal, limits: StudyLimits()).run()
        let failed = outcome.trials.filter { $0.trial.state == .failed }
        #expect(failed.count == 3)
        #expect(failed.allSatisfy { $0.trial.failure?.contains("one an item") == true })
    }
}
