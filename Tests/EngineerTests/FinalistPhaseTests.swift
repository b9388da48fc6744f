import AutoML
import Base
import Statistics
import Synchronization
import Testing

@testable import Engineer

/// A clock that only moves when a request says so.
private final class HandClock: Sendable {
    private let state = Mutex(UInt64(1_000_000_000_000))

    @Sendable func now() -> UInt64 { state.withLock { $0 } }

    func pass(milliseconds: Double) {
        state.withLock { $0 = UInt64(Double($0) + milliseconds * 1e6) }
    }
}

private struct Broken: Error {}

@Suite struct FinalistPhaseTests {
    /// A study whose trial n has quality 0.9 − n / 10 on twenty questions.
    private func outcome(_ count: Int) -> StudyOutcome {
        let trials = (0..<count).map { number in
            let value = 0.9 - Double(number) / 10
            return AutoML.TrialResult(
                trial: Trial(
                    number: number, configuration: Configuration(["chunk.size": .integer(number)]),
                    state: .complete, origin: "random"),
                measurements: (0..<20).map { Measurement(item: "q\($0)", metrics: ["evidence_recall": value]) },
                value: value)
        }
        return StudyOutcome(trials: trials, winner: trials[0], ending: .trials)
    }

    /// A phase in which each trial takes so many milliseconds by its own count of requests.
    private func phase(
        _ texts: [String], clock: HandClock = HandClock(), options: FinalistOptions = FinalistOptions(),
        bytes: @escaping @Sendable (Int) -> Int = { 100 * ($0 + 1) },
        milliseconds: @escaping @Sendable (_ trial: Int, _ request: Int) throws -> Double
    ) throws -> FinalistPhase {
        let constraints = try texts.map { try ConstraintParser.parse($0, line: 1) }
        return FinalistPhase(
            constraints: constraints, objective: Objective("evidence_recall"),
            checks: ConstraintChecks(constraints: constraints, groups: { _ in nil }),
            questions: ["a", "b", "c"], options: options, nanoseconds: clock.now,
            build: { configuration in
                let trial = configuration["chunk.size"]?.integer ?? 0
                let count = Mutex(0)
                return FinalistPhase.Candidate(indexBytes: bytes(trial)) { _ in
                    let number = count.withLock { count in
                        count += 1
                        return count
                    }
                    clock.pass(milliseconds: try milliseconds(trial, number))
                }
            },
            note: { _ in })
    }

    @Test func `The best configuration that keeps the limit wins`() async throws {
        let result = try await phase(["p95_latency <= 10 ms"]) { trial, _ in trial == 0 ? 20 : 5 }.run(outcome(4))
        #expect(result.decision?.outcome == .feasible)
        #expect(result.study.winner.trial.number == 1)
        #expect(result.measurement?.finalists.first?.requests == 200)
        #expect(result.measurement?.finalists.first?.p95?.estimate == 20)
    }

    @Test func `What is predicted three times too slow is left out and said, but never everything`() async throws {
        let some = try await phase(["p95_latency <= 10 ms"]) { trial, _ in trial == 0 ? 31 : 5 }.run(outcome(3))
        #expect(some.decision?.excluded == [0])
        let all = try await phase(["p95_latency <= 10 ms"]) { trial, _ in 50 - Double(trial) }.run(outcome(3))
        #expect(all.decision?.excluded == [0, 1])
        #expect(all.decision?.outcome == .infeasible)
        #expect(all.decision?.chosen == 2)
    }

    @Test func `An undetermined finalist gets three more rounds, a decided one none`() async throws {
        // Every twentieth request is slow: exactly at the limit, which no number of requests decides.
        let result = try await phase(["p95_latency <= 10 ms"]) { trial, request in
            trial == 0 && request % 20 == 0 ? 15 : 5
        }.run(outcome(2))
        let finalists = try #require(result.measurement?.finalists)
        #expect(finalists.map(\.requests) == [800, 200])
        #expect(result.decision?.candidates.map(\.outcome) == [.undetermined, .feasible])
        #expect(result.study.winner.trial.number == 1)
    }

    @Test func `Under 59 requests the 95th percentile has no upper bound, and nothing is decided`() async throws {
        var options = FinalistOptions()
        options.requests = 14
        let result = try await phase(["p95_latency <= 10 ms"], options: options) { _, _ in 5 }.run(outcome(1))
        #expect(result.decision?.outcome == .undetermined)
        let finalist = try #require(result.measurement?.finalists.first)
        #expect(finalist.requests == 56 && finalist.p95?.upper == nil)
    }

    @Test func `A clock that goes back costs requests, not the search`() async throws {
        let result = try await phase([]) { _, request in request % 3 == 0 ? -1000 : 5 }.run(outcome(1))
        #expect(result.measurement?.finalists.first?.requests == 200)
        #expect(result.measurement?.finalists.first?.p99?.estimate == 5)
        #expect(result.measurement?.discarded ?? 0 > 0)
        let never = try await phase(["p95_latency <= 10 ms"]) { _, _ in -1 }.run(outcome(1))
        #expect(never.decision?.outcome == .undetermined)
    }

    @Test func `A configuration that fails half of the time is measured and not feasible`() async throws {
        let result = try await phase(["p95_latency <= 10 ms"]) { trial, request in
            if trial == 0, request % 2 == 0 { throw Broken() }
            return 5
        }.run(outcome(2))
        #expect(result.measurement?.finalists.first?.failures ?? 0 > 90)
        #expect(result.study.winner.trial.number == 1)
    }

    @Test func `Slow configurations end the measuring when its time is over`() async throws {
        let result = try await phase([]) { trial, _ in trial == 0 ? 2000 : 1000 }.run(outcome(2))
        #expect(result.measurement?.finalists.map(\.requests) == [20, 20])
    }

    @Test func `Sizes and metrics are decided without a clock, and the same whatever it says`() async throws {
        let texts = ["index_size <= 250 B", "evidence_recall >= 0.3"]
        let decisions = try await [1.0, 30].asyncMap { pace in
            try await phase(texts, bytes: { 500 - 100 * $0 }) { trial, _ in pace * Double(trial + 1) }
                .run(outcome(6)).decision
        }
        #expect(decisions[0] == decisions[1])
        #expect(decisions[0]?.chosen == 3)
        #expect(decisions[0]?.candidates.map(\.outcome) == [.infeasible, .infeasible, .infeasible, .feasible])
    }

    @Test func `Without a constraint winner, default and the fastest are measured, not all`() async throws {
        let result = try await phase([]) { trial, _ in trial == 2 ? 1 : 5 }.run(outcome(5))
        #expect(result.measurement?.finalists.map(\.trial) == [0, 2])
        #expect(result.decision == nil)
    }

    @Test func `No requests with a constraint on latency are refused, else nothing is measured`() async throws {
        var options = FinalistOptions()
        options.requests = 0
        await #expect(throws: EngineerError.self) {
            _ = try await phase(["p95_latency <= 10 ms"], options: options) { _, _ in 5 }.run(outcome(1))
        }
        #expect(try await phase([], options: options) { _, _ in 5 }.run(outcome(1)).measurement == nil)
    }

    @Test func `Requests are interleaved`() async throws {
        let order = Mutex<[Int]>([])
        let lanes = [0, 1].map { trial in
            InterleavedLatency.Lane(trial: trial) { _ in order.withLock { $0.append(trial) } }
        }
        var latency = InterleavedLatency(questions: ["a"], seconds: 1, nanoseconds: HandClock().now)
        try await latency.measure(lanes, requests: 3)
        #expect(order.withLock { $0 } == [0, 1, 0, 1, 0, 1])
    }
}

extension Array {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var result: [T] = []
        for element in self { result.append(try await transform(element)) }
        return result
    }
}
