import Base
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Storage

@Suite struct StageCacheFilesTests {
    let diagnostics = DiagnosticCollector()
    let key = ContentHash(of: "key")

    @Test(
        "A damaged entry is reported, removed and computed again",
        arguments: [
            "cut short", "empty", "only a header", "longer", "another bit in the value", "another bit in the header",
            "of another key", "garbage",
        ]
    )
    func damaged(how: String) async throws {
        try await withTemporaryDirectory { folder async throws in
            let content = Array("a value that matters".utf8)
            let cache = StageCache(directory: folder, diagnostics: diagnostics)
            _ = try await cache.value(forKey: key) { content }
            let path = try #require(files(below: folder).first)
            var stored = try bytes(of: path)
            switch how {
            case "cut short": stored.removeLast(3)
            case "empty": stored = []
            case "only a header": stored.removeLast(content.count)
            case "longer": stored.append(0)
            case "another bit in the value": stored[stored.count - 1] ^= 1
            case "another bit in the header": stored[9] ^= 1
            case "of another key":
                _ = try await cache.value(forKey: ContentHash(of: "other")) { content }
                stored = try bytes(of: try #require(files(below: folder).first { $0 != path }))
            default: stored = Array("garbage".utf8)
            }
            try put(stored, into: path)

            #expect(try await cache.value(forKey: key) { content } == content)
            #expect(cache.statistics.damaged == 1)
            #expect(diagnostics.all.count == 1)
            #expect(diagnostics.all.first?.file == path)
            #expect(diagnostics.all.first?.message.contains("damaged") == true)
            #expect(try await cache.value(forKey: key) { throw Unexpected() } == content)
        }
    }

    @Test("When the cache is full, the longest unused values go first")
    func eviction() async throws {
        try await withTemporaryDirectory { folder async throws in
            let clock = Seconds()
            // Ten values of 1,000 bytes and their headers fit.
            let cache = StageCache(
                directory: folder, limitBytes: 10_800, diagnostics: diagnostics, time: clock.source)
            func isKept(_ number: Int) async throws -> Bool {
                clock.tick()
                let before = cache.statistics.misses
                _ = try await cache.value(forKey: ContentHash(of: "\(number)")) { Array(repeating: 1, count: 1000) }
                return cache.statistics.misses == before
            }
            var kept: [Bool] = []
            for number in 0..<10 { kept.append(try await isKept(number)) }
            #expect(!kept.contains(true))
            #expect(cache.statistics.evictions == 0)

            // 0 is used again, so 1 and 2 are the oldest when 10 comes.
            kept = [try await isKept(0), try await isKept(10)]
            #expect(kept == [true, false])
            #expect(cache.statistics.evictions == 2)
            #expect(files(below: folder).count == 9)
            kept = [try await isKept(0), try await isKept(3), try await isKept(10), try await isKept(1)]
            #expect(kept == [true, true, true, false])
        }
    }

    @Test("Another process's files count too")
    func shared() async throws {
        try await withTemporaryDirectory { folder async throws in
            let clock = Seconds()
            for process in 0..<4 {
                let cache = StageCache(
                    directory: folder, limitBytes: 10_800, diagnostics: diagnostics, time: clock.source)
                for number in 0..<5 {
                    clock.tick()
                    _ = try await cache.value(forKey: ContentHash(of: "\(process) \(number)")) {
                        Array(repeating: 1, count: 1000)
                    }
                }
            }
            // Each process looks once at the beginning, so it may exceed the limit by what others wrote since.
            #expect(files(below: folder).count <= 10)
        }
    }

    @Test("A value that is larger than the whole cache is not kept, and nothing is removed for it")
    func tooLarge() async throws {
        try await withTemporaryDirectory { folder async throws in
            let cache = StageCache(directory: folder, limitBytes: 2000, diagnostics: diagnostics)
            _ = try await cache.value(forKey: key) { Array(repeating: 1, count: 1000) }
            let large = try await cache.value(forKey: ContentHash(of: "large")) { Array(repeating: 1, count: 5000) }
            #expect(large.count == 5000)
            #expect(files(below: folder).count == 1)
        }
    }

    @Test(
        "On a full disk values are still computed and returned, and one sentence says so",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "only Linux has a device that is always full")
    )
    func diskFull() async throws {
        try await withTemporaryDirectory { folder async throws in
            let cache = StageCache(
                directory: folder, limitBytes: 1 << 20, diagnostics: diagnostics, time: .system
            ) { path, parts throws(POSIXFailure) in
                try writeFile(path, [Array(parts[0].prefix(7))])
                // Writing to this device fails as on a full disk.
                try writeFile("/dev/full", parts)
            }
            for number in 0..<3 {
                let value = try await cache.value(forKey: ContentHash(of: "\(number)")) { [1, 2] }
                #expect(value == [1, 2])
            }
            #expect(diagnostics.all.count == 1)
            #expect(diagnostics.all.first?.message.contains("The disk is full; make room.") == true)
            #expect(cache.statistics.misses == 3)
            #expect(cache.statistics.bytesWritten == 0)
            #expect(files(below: folder).isEmpty, "no half-written file stays")
        }
    }

    @Test("A cache whose folder cannot be used is no cache, and nothing worse")
    func unusable() async throws {
        try await withTemporaryDirectory { folder async throws in
            try put([1], into: "\(folder)/cache")
            let cache = StageCache(directory: "\(folder)/cache", diagnostics: diagnostics)
            #expect(try await cache.value(forKey: key) { [5] } == [5])
            #expect(diagnostics.all.count == 1)
        }
    }

    @Test("The cache may be deleted at any time")
    func deleted() async throws {
        try await withTemporaryDirectory { folder async throws in
            let cache = StageCache(directory: "\(folder)/cache", diagnostics: diagnostics)
            _ = try await cache.value(forKey: key) { [5] }
            remove("\(folder)/cache")
            #expect(try await cache.value(forKey: key) { [6] } == [6])
            #expect(try await cache.value(forKey: key) { throw Unexpected() } == [6])
            #expect(diagnostics.all.isEmpty)
        }
    }
}

/// A clock of whole seconds that is moved by hand.
final class Seconds: Sendable {
    private let seconds = Atomic<Int>(1_700_000_000)

    func tick() { seconds.add(1, ordering: .relaxed) }

    var source: TimeSource {
        TimeSource(
            now: { Date(timeIntervalSince1970: Double(self.seconds.load(ordering: .relaxed))) }, nanoseconds: { 0 })
    }
}
