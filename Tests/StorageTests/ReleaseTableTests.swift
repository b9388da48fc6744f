import Base
import TestSupport
import Testing

@testable import Storage

@Suite struct ReleaseTableTests {
    private static let time = "2026-11-22T10:00:00Z"

    private func step(_ release: Int, _ incumbent: Int?) -> PromotionRecord {
        PromotionRecord(
            action: .promote, release: release, incumbent: incumbent, stage: .full, verdict: "first", isAccepted: true,
            decision: nil, who: "Ada", at: Self.time, report: ["questions": 3])
    }

    private func withDatabase(_ body: (NeoDatabase) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            let database = try NeoDatabase(path: folder + "/neo.db")
            for number in 1...2 {
                try await database.keepRelease(
                    ReleaseRecord(number: number, hash: ContentHash(of: "\(number)"), created: Self.time))
            }
            try await body(database)
        }
    }

    @Test func `a release is kept once, with the hash that it had first`() async throws {
        try await withDatabase { database async throws in
            let other = ReleaseRecord(number: 1, hash: ContentHash(of: "other"), created: Self.time)
            #expect(try await database.keepRelease(other).hash == ContentHash(of: "1"))
            #expect(try await database.releases().map(\.number) == [1, 2])
        }
    }

    @Test func `who answers changes only where it still is what was thought`() async throws {
        try await withDatabase { database async throws in
            #expect(try await database.liveReleases() == LiveReleases())
            #expect(try await database.keepPromotion(step(1, nil), changing: (LiveReleases(), LiveReleases(live: 1))))
            let second = LiveReleases(live: 2, previous: 1)
            #expect(try await !database.keepPromotion(step(2, nil), changing: (LiveReleases(), second)))
            #expect(try await database.liveReleases() == LiveReleases(live: 1))
            #expect(try await database.keepPromotion(step(2, 1), changing: (LiveReleases(live: 1), second)))
            #expect(try await database.liveReleases() == second)
            // What was not done left no step.
            #expect(try await database.promotions().map(\.release) == [1, 2])
            #expect(try await database.promotions().last?.report == ["questions": 3])
        }
    }

    @Test func `a refused step is kept and changes nothing`() async throws {
        try await withDatabase { database async throws in
            var refused = step(1, nil)
            refused.isAccepted = false
            refused.verdict = "worse"
            #expect(try await database.keepPromotion(refused))
            #expect(try await database.liveReleases() == LiveReleases())
            #expect(try await database.promotions().map(\.isAccepted) == [false])
        }
    }

    @Test func `a release that was never made cannot answer`() async throws {
        try await withDatabase { database async throws in
            await #expect(throws: StorageError.self) {
                _ = try await database.keepPromotion(step(3, nil), changing: (LiveReleases(), LiveReleases(live: 3)))
            }
            #expect(try await database.liveReleases() == LiveReleases())
        }
    }
}

@Suite struct DurableFolderTests {
    @Test func `a folder has its name only when it is whole`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let draft = try DurableFolder(at: folder + "/.unfinished-1")
            try draft.write(Array("one".utf8), to: "a/b.txt")
            try draft.copy(draft.path + "/a/b.txt", to: "c.sh", isExecutable: true)
            #expect(files(below: folder + "/1") == [])
            try draft.commit(as: folder + "/1", folders: ["a"])
            #expect(try bytes(of: folder + "/1/a/b.txt") == Array("one".utf8))
            #expect(files(below: folder).count == 2)
        }
    }

    @Test func `a folder that is there is not replaced`() async throws {
        try await withTemporaryDirectory { folder async throws in
            for text in ["first", "second"] {
                let draft = try DurableFolder(at: folder + "/.unfinished")
                try draft.write(Array(text.utf8), to: "a.txt")
                if text == "first" {
                    try draft.commit(as: folder + "/1")
                } else {
                    #expect(throws: StorageError.self) { try draft.commit(as: folder + "/1") }
                }
            }
            #expect(try bytes(of: folder + "/1/a.txt") == Array("first".utf8))
        }
    }
}
