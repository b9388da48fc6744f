import Base
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@testable import Storage

@Suite struct ResponseStoreTests {
    private static func response(_ number: Int, bytes: Int = 10) -> StoredResponse {
        StoredResponse(request: "request \(number)", answer: "\(number)" + String(repeating: "a", count: bytes))
    }

    private static func key(_ number: Int) -> ContentHash { ContentHash(of: "request \(number)") }

    @Test func `What was kept is found, by another process also, and the newest counts`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let diagnostics = DiagnosticCollector()
            let stores = (0..<2).map { _ in ResponseStore(path: "\(folder)/a/b/r.db", diagnostics: diagnostics) }
            #expect(await stores[0].answer(for: Self.key(1)) == nil)
            await stores[0].keep(Self.response(1))
            await stores[1].keep(Self.response(2))
            await stores[1].keep(StoredResponse(request: "request 1", answer: "newer ☀️"))
            #expect(await stores[0].answer(for: Self.key(1)) == "newer ☀️")
            #expect(await stores[0].responses().map(\.request) == ["request 1", "request 2"])
            #expect(await stores[0].requests(limit: 1) == ["request 2"])
            await stores[0].remove(Self.key(1))
            #expect(await stores[1].answer(for: Self.key(1)) == nil)
            #expect(diagnostics.all.isEmpty)
        }
    }

    @Test func `Many tasks and two stores write into one file`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let diagnostics = DiagnosticCollector()
            let stores = (0..<2).map { _ in ResponseStore(path: "\(folder)/r.db", diagnostics: diagnostics) }
            await withTaskGroup { group in
                for number in 0..<100 { group.addTask { await stores[number % 2].keep(Self.response(number)) } }
            }
            #expect(await stores[0].responses().count == 100)
            #expect(diagnostics.all.isEmpty)
        }
    }

    @Test func `An answer expires`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let now = SharedClock(Mutex(1_000))
            let store = ResponseStore(
                path: "\(folder)/r.db", lifetimeSeconds: 100, time: now.source, diagnostics: DiagnosticCollector())
            await store.keep(Self.response(1))
            now.advance(by: 100)
            #expect(await store.answer(for: Self.key(1)) != nil)
            now.advance(by: 1)
            #expect(await store.answer(for: Self.key(1)) == nil)
            await store.keep(Self.response(1))
            #expect(await store.answer(for: Self.key(1)) != nil)
        }
    }

    @Test func `It stays within its bound, and what was used longest ago goes first`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let now = SharedClock(Mutex(1_000))
            let store = ResponseStore(
                path: "\(folder)/r.db", limitBytes: 1 << 20, time: now.source, diagnostics: DiagnosticCollector())
            for number in 0..<300 {
                await store.keep(Self.response(number, bytes: 10_000))
                now.advance(by: 100)
                // The first one is used all the time.
                #expect(await store.answer(for: Self.key(0)) != nil)
            }
            let kept = await store.requests(limit: 1_000)
            #expect((50...105).contains(kept.count))
            #expect(kept.first == "request 299" && kept.last == "request 0")
            // One answer may not throw out all others.
            await store.keep(Self.response(1_000, bytes: 1 << 19))
            #expect(await store.requests(limit: 1_000) == kept)
        }
    }

    @Test(arguments: ["no database", "", String(repeating: "x", count: 9_000)])
    func `A file that is no database is put aside`(content: String) async throws {
        try await withTemporaryDirectory { folder async throws in
            let path = "\(folder)/r.db"
            try put(Array(content.utf8), into: path)
            let diagnostics = DiagnosticCollector()
            let store = ResponseStore(path: path, diagnostics: diagnostics)
            await store.keep(Self.response(1))
            #expect(await store.answer(for: Self.key(1)) != nil)
            // An empty file is a new database.
            #expect(diagnostics.all.count == (content.isEmpty ? 0 : 1))
            if !content.isEmpty {
                #expect(try bytes(of: path + ".damaged") == Array(content.utf8))
                #expect(diagnostics.all[0].message.contains("was damaged; it was put aside as \(path).damaged"))
            }
        }
    }

    @Test func `A file that is damaged while it is open is put aside, once for all who use it`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let path = "\(folder)/r.db"
            let diagnostics = DiagnosticCollector()
            var stores: [ResponseStore] = [ResponseStore(path: path, diagnostics: diagnostics)]
            for number in 0..<200 { await stores[0].keep(Self.response(number, bytes: 2_000)) }
            stores = []
            var damaged = try bytes(of: path)
            for index in 4_096..<damaged.count { damaged[index] = UInt8(truncatingIfNeeded: index &* 31) }
            try put(damaged, into: path)
            stores = (0..<2).map { _ in ResponseStore(path: path, diagnostics: diagnostics) }
            for store in stores {
                for number in 0..<3 { #expect(await store.answer(for: Self.key(number)) == nil) }
            }
            await stores[0].keep(Self.response(7))
            #expect(await stores[1].answer(for: Self.key(7)) != nil)
            #expect(diagnostics.all.count == 1)
        }
    }

    @Test func `It may be deleted at any time`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let path = "\(folder)/r.db"
            let store = ResponseStore(path: path, diagnostics: DiagnosticCollector())
            await store.keep(Self.response(1))
            for file in files(below: folder) { remove(file) }
            await store.keep(Self.response(2))
            _ = await store.answer(for: Self.key(1))
            let next = ResponseStore(path: path, diagnostics: DiagnosticCollector())
            await next.keep(Self.response(3))
            #expect(await next.answer(for: Self.key(3)) != nil)
        }
    }

    @Test func `Where no file can be made, nothing is found, and one warning says so`() async throws {
        try await withTemporaryDirectory { folder async throws in
            try put([], into: "\(folder)/file")
            let diagnostics = DiagnosticCollector()
            let store = ResponseStore(path: "\(folder)/file/r.db", diagnostics: diagnostics)
            for number in 0..<3 {
                await store.keep(Self.response(number))
                #expect(await store.answer(for: Self.key(number)) == nil)
            }
            #expect(diagnostics.all.count == 1)
            #expect(diagnostics.all[0].message.hasPrefix("Answers of models cannot be kept"))
        }
    }
}

/// A clock that a test sets.
private final class SharedClock: Sendable {
    private let seconds: Mutex<Double>

    init(_ seconds: consuming Mutex<Double>) { self.seconds = seconds }

    func advance(by seconds: Double) { self.seconds.withLock { $0 += seconds } }

    var source: TimeSource {
        TimeSource(now: { Date(timeIntervalSince1970: self.seconds.withLock { $0 }) }, nanoseconds: { 0 })
    }
}
