import RAG
import Synchronization
import Testing

@Suite struct SingleFlightTests {
    @Test func `callers of one key share one computation, and its result is remembered`() async throws {
        let flight = SingleFlight<Int, Int>(capacity: 2)
        let computations = Counter()
        let results = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { try await flight.value(for: 1) { computations.add() } } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results == Array(repeating: 1, count: 20))
        #expect(try await flight.value(for: 1) { computations.add() } == 1)
    }

    @Test func `the least recently used result is forgotten`() async throws {
        let flight = SingleFlight<Int, Int>(capacity: 2)
        let computations = Counter()
        for key in [1, 2, 1, 3, 1, 2] { _ = try await flight.value(for: key) { computations.add() } }
        #expect(computations.count == 4)
    }

    @Test func `a failure is not remembered`() async throws {
        struct Failure: Error {}
        let flight = SingleFlight<Int, Int>(capacity: 2)
        await #expect(throws: Failure.self) { try await flight.value(for: 1) { throw Failure() } }
        #expect(try await flight.value(for: 1) { 5 } == 5)
    }

    @Test func `a cancelled caller cancels the work`() async throws {
        let flight = SingleFlight<Int, Int>(capacity: 2)
        let started = AsyncStream<Void>.makeStream()
        let caller = Task {
            try await flight.value(for: 1) {
                started.continuation.finish()
                while true {
                    try Task.checkCancellation()
                    await Task.yield()
                }
            }
        }
        for await _ in started.stream {}
        caller.cancel()
        await #expect(throws: CancellationError.self) { try await caller.value }
        #expect(try await flight.value(for: 1) { 5 } == 5)
    }
}

private final class Counter: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    func add() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
