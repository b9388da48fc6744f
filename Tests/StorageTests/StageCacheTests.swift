import Base
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(5))) struct StageCacheTests {
    let diagnostics = DiagnosticCollector()

    @Test("A value is computed once and read back later, also by another process")
    func hit() async throws {
        try await withTemporaryDirectory { folder async throws in
            let content: [UInt8] = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let cache = StageCache(directory: "\(folder)/cache", diagnostics: diagnostics)
            let key = ContentHash(of: "key")
            #expect(try await cache.value(forKey: key) { content } == content)
            #expect(try await cache.value(forKey: key) { throw Unexpected() } == content)
            let other = StageCache(directory: "\(folder)/cache", diagnostics: diagnostics)
            #expect(try await other.value(forKey: key) { throw Unexpected() } == content)

            #expect(cache.statistics.misses == 1)
            #expect(cache.statistics.hits == 1)
            #expect(cache.statistics.bytesWritten == 100_000)
            #expect(cache.statistics.bytesRead == 100_000)
            #expect(cache.statistics.hitRate == 0.5)
            #expect(other.statistics.hits == 1)
            #expect(diagnostics.all.isEmpty)
            #expect(files(below: folder).count == 1, "no temporary file stays")
        }
    }

    @Test("An empty value is a value")
    func empty() async throws {
        try await withTemporaryDirectory { folder async throws in
            let cache = StageCache(directory: folder, diagnostics: diagnostics)
            for _ in 0..<2 {
                #expect(try await cache.value(forKey: ContentHash(of: "key")) { [] }.isEmpty)
            }
            #expect(cache.statistics.hits == 1)
        }
    }

    @Test("20 callers of one key share one computation")
    func singleFlight() async throws {
        try await withTemporaryDirectory { folder async throws in
            let cache = StageCache(directory: folder, diagnostics: diagnostics)
            let computed = Counter()
            let gate = Gate()
            let values = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await cache.value(forKey: ContentHash(of: "key")) {
                            computed.increment()
                            await gate.wait()
                            return [1, 2, 3]
                        }
                    }
                }
                while cache.statistics.shared < 19 { await Task.yield() }
                gate.open()
                var values: [[UInt8]] = []
                for try await value in group { values.append(value) }
                return values
            }
            #expect(values == Array(repeating: [1, 2, 3], count: 20))
            #expect(computed.value == 1)
            #expect(cache.statistics.misses == 1)
            #expect(cache.statistics.shared == 19)
        }
    }

    @Test("A caller that is cancelled leaves at once and the others still get the value")
    func cancelledWaiter() async throws {
        try await withTemporaryDirectory { folder async throws in
            let cache = StageCache(directory: folder, diagnostics: diagnostics)
            let gate = Gate()
            let started = Gate()
            let key = ContentHash(of: "key")
            let first = Task {
                try await cache.value(forKey: key) {
                    started.open()
                    await gate.wait()
                    return [Task.isCancelled ? 0 : 1]
                }
            }
            await started.wait()
            let second = Task { try await cache.value(forKey: key) { [9] } }
            while cache.statistics.shared < 1 { await Task.yield() }
            first.cancel()
            await #expect(throws: CancellationError.self) { try await first.value }
            gate.open()
            #expect(try await second.value == [1])
        }
    }

    @Test("When nobody waits any longer, the computation is cancelled, and the next caller begins anew")
    func abandoned() async throws {
        try await withTemporaryDirectory { folder async throws in
            let cache = StageCache(directory: folder, diagnostics: diagnostics)
            let started = Gate()
            let stopped = Gate()
            let key = ContentHash(of: "key")
            let only = Task {
                try await cache.value(forKey: key) {
                    started.open()
                    while !Task.isCancelled { await Task.yield() }
                    stopped.open()
                    throw CancellationError()
                }
            }
            await started.wait()
            only.cancel()
            await #expect(throws: CancellationError.self) { try await only.value }
            await stopped.wait()
            #expect(try await cache.value(forKey: key) { [2] } == [2])
        }
    }

    @Test("A caller that is cancelled beforehand gets no value")
    func cancelledBefore() async throws {
        try await withTemporaryDirectory { folder async throws in
            let cache = StageCache(directory: folder, diagnostics: diagnostics)
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await cache.value(forKey: ContentHash(of: "key")) { [1] }
            }
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test("What a computation throws reaches the caller and is not kept")
    func failure() async throws {
        try await withTemporaryDirectory { folder async throws in
            let cache = StageCache(directory: folder, diagnostics: diagnostics)
            let key = ContentHash(of: "key")
            await #expect(throws: Unexpected.self) { try await cache.value(forKey: key) { throw Unexpected() } }
            #expect(try await cache.value(forKey: key) { [4] } == [4])
        }
    }
}

/// Stays closed until it is opened.
final class Gate: Sendable {
    private let isOpen = Atomic<Bool>(false)

    func open() { isOpen.store(true, ordering: .releasing) }

    func wait() async {
        while !isOpen.load(ordering: .acquiring) { await Task.yield() }
    }
}

/// Counts from concurrent work.
final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    var value: Int { count.load(ordering: .relaxed) }

    func increment() { count.add(1, ordering: .relaxed) }
}

struct Unexpected: Error {}
